package org.tidebox.fuzz.tests;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.file.PackDisk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;

/** A damaged pack: it is mended, scanned, read and appended to. The first byte says whether its checksums are made right. */
final class PacksTarget implements Target {
    private static final String SPACE = "7";
    private static final String PACK = "00000001-00000000";
    private static final int FRAME = 0x54424346;
    private static final int LIST = 0x54424958;
    private static final int TRAILER = 16;
    /** Folders in memory cannot be opened, and there is no need to. */
    private static final PackDisk MEMORY = new PackDisk() {
        @Override
        public FileChannel open(Path path, OpenOption... options) throws IOException {
            return FileChannel.open(path, options);
        }

        @Override
        public void syncFolder(Path path) {
            // What is in memory is as durable as it can be.
        }
    };
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path folder = disk.getPath("/packs");
    private final Path space = folder.resolve(SPACE);

    @Override
    public long allocation(int length) {
        return (32 << 20) + 20_000L * length;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        boolean checked = draw.next() == 1;
        byte[] bytes = draw.rest();
        if (checked) {
            makeChecksums(bytes);
        }
        empty();
        Files.write(space.resolve(PACK + ".pack"), bytes);
        try (FilePackStore store = FilePackStore.open(folder, MEMORY)) {
            read(store);
            store.append(SPACE, List.of(Samples.chunk("new")));
            store.seal(SPACE);
            store.spaces();
        } catch (StorageException e) {
            return;
        }
    }

    private static void read(FilePackStore store) throws StorageException {
        List<PackPlace> places = new ArrayList<>();
        PackVisitor visitor = new PackVisitor() {
            @Override
            public void chunk(PackPlace place, EncodedChunk chunk) {
                places.add(place);
            }

            @Override
            public void damaged(long offset, String reason) {
                if (offset < 0) {
                    throw new AssertionError("damage before the pack");
                }
            }
        };
        store.list(SPACE);
        store.scan(SPACE, PACK, visitor);
        for (PackPlace place : places) {
            store.read(SPACE, place);
        }
    }

    private void empty() throws IOException {
        Files.createDirectories(space);
        try (var files = Files.newDirectoryStream(space)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** What a fuzzer cannot guess is given to it: the checksums of the header, of each frame, of the list and its place. */
    private static void makeChecksums(byte[] bytes) {
        ByteBuffer pack = ByteBuffer.wrap(bytes);
        if (bytes.length >= 16) {
            pack.putInt(12, crc(pack, 0, 12));
        }
        for (int at = 0; at + 56 <= bytes.length; at++) {
            if (pack.getInt(at) == FRAME) {
                int length = pack.getInt(at + 44);
                if (length >= 0 && length <= bytes.length - at - 56) {
                    pack.putInt(at + 48, crc(pack, at + 56, length));
                }
                CRC32C head = new CRC32C();
                head.update(ByteBuffer.allocate(Long.BYTES).putLong(0, at));
                head.update(pack.slice(at, 52));
                pack.putInt(at + 52, (int) head.getValue());
            } else if (pack.getInt(at) == LIST) {
                int end = bytes.length - TRAILER;
                if (end - 4 > at) {
                    pack.putInt(end - 4, crc(pack, at, end - 4 - at));
                    pack.putLong(end, at).putInt(end + 8, crc(pack, end, 8)).putInt(end + 12, 0x54425045);
                }
            }
        }
    }

    private static int crc(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, length));
        return (int) crc.getValue();
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        try {
            for (boolean sealed : new boolean[]{false, true}) {
                empty();
                try (FilePackStore store = FilePackStore.open(folder, MEMORY)) {
                    store.append(SPACE, List.of(Samples.chunk("some content"), Samples.chunk("more ".repeat(50))));
                    if (sealed) {
                        store.seal(SPACE);
                    }
                }
                try (var files = Files.newDirectoryStream(space)) {
                    byte[] pack = Files.readAllBytes(files.iterator().next());
                    seeds.add(Samples.prefixed(0, pack));
                    seeds.add(Samples.prefixed(1, pack));
                }
            }
        } catch (IOException | StorageException e) {
            throw new IllegalStateException("packs in memory can be written", e);
        }
        return seeds;
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
