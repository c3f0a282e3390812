package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.DiskRoom;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreLock;
import org.tidebox.storage.packs.DamagedPackException;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.packs.PackVisitor;
import org.tidebox.tree.ChunkId;

/**
 * Packs as files: {@code <folder>/<space>/<name>.pack}. A space is looked through for what a crash left half written
 * when it is first used, so that starting takes the same time however many spaces there are.
 */
public final class FilePackStore implements PackStore {
    private static final Logger LOG = LoggerFactory.getLogger(FilePackStore.class);

    private final Path folder;
    private final StoreLock lock;
    private final PackChannels channels;
    private final DiskRoom room;
    private final Map<String, PackSpace> spaces = new ConcurrentHashMap<>();

    private FilePackStore(Path folder, StoreLock lock, PackDisk disk) {
        this.folder = folder;
        this.lock = lock;
        this.channels = new PackChannels(disk);
        this.room = DiskRoom.of(folder);
    }

    /**
     * Opens the packs in a folder, which is made if it is not there.
     *
     * @param disk where they lie
     * @throws StorageException if another process has them open, or the folder cannot be used
     */
    public static FilePackStore open(Path folder, PackDisk disk) throws StorageException {
        try {
            Folders.create(disk, folder);
        } catch (IOException e) {
            throw PackErrors.writing(folder, 0, e);
        }
        return new FilePackStore(folder, StoreLock.acquire(folder, "the packs"), disk);
    }

    @Override
    public List<PackPlace> append(String space, List<EncodedChunk> chunks) throws StorageException {
        return append(space, chunks, Map.of());
    }

    @Override
    public List<PackPlace> append(String space, List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like)
            throws StorageException {
        return space(space).append(chunks, like);
    }

    @Override
    public EncodedChunk read(String space, PackPlace place) throws StorageException {
        PackNames.checkPack(place.pack());
        PackFile file = space(space).file(place.pack());
        boolean sane = place.offset() >= PackFormat.HEADER_LENGTH && place.length() >= PackFormat.FRAME_OVERHEAD
                && place.length() <= PackFormat.MAX_FRAME;
        if (!sane) {
            throw new DamagedPackException(space, place, "no frame can lie there");
        }
        PackFrame frame = PackFrame.parse(bytes(file, place), place.offset());
        if (!frame.isIntact() || frame.length() != place.length()) {
            throw new DamagedPackException(space, place,
                    frame.isIntact() ? "the frame there has " + frame.length() + " bytes" : frame.reason());
        }
        return frame.isDifference() ? whole(space, file, place, frame) : frame.chunk();
    }

    private static EncodedChunk whole(String space, PackFile file, PackPlace place, PackFrame difference)
            throws StorageException {
        try {
            return new Differences(file).whole(difference);
        } catch (CorruptChunkException e) {
            throw new DamagedPackException(space, place, e.getMessage());
        } catch (IOException e) {
            throw PackErrors.reading(file.path(), e);
        }
    }

    @Override
    public List<PackInfo> list(String space) throws StorageException {
        return space(space).list();
    }

    @Override
    public void scan(String space, String pack, PackVisitor visitor) throws StorageException {
        PackNames.checkPack(pack);
        space(space).scan(pack, new CopyingVisitor(visitor));
    }

    @Override
    public List<String> spaces() throws StorageException {
        try {
            List<String> found = new ArrayList<>();
            for (String name : PackNames.spaces(channels.disk(), folder)) {
                if (!PackNames.list(channels.disk(), folder.resolve(name)).isEmpty()) {
                    found.add(name);
                }
            }
            return found;
        } catch (IOException e) {
            throw PackErrors.reading(folder, e);
        }
    }

    @Override
    public void seal(String space) throws StorageException {
        space(space).seal();
    }

    @Override
    public void delete(String space, String pack) throws StorageException {
        PackNames.checkPack(pack);
        space(space).delete(pack);
    }

    @Override
    public long room() {
        return room.bytes();
    }

    @Override
    public void close() {
        spaces.values().forEach(PackSpace::awaitQuiet);
        try {
            channels.close();
        } catch (IOException e) {
            LOG.warn("Cannot close the packs below {}; everything acknowledged is durable nevertheless", folder, e);
        }
        lock.close();
    }

    private PackSpace space(String name) {
        PackNames.checkSpace(name);
        return spaces.computeIfAbsent(name, key -> new PackSpace(folder.resolve(key), channels));
    }

    private static ByteBuffer bytes(PackFile file, PackPlace place) throws StorageException {
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        try {
            file.read(bytes, place.offset());
        } catch (IOException e) {
            throw PackErrors.reading(file.path(), e);
        }
        return bytes.flip();
    }

    /** Gives chunks with bytes of their own, which the caller may keep. */
    private record CopyingVisitor(PackVisitor target) implements PackVisitor {
        @Override
        public void chunk(PackPlace place, EncodedChunk chunk) throws StorageException {
            target.chunk(place, copy(chunk));
        }

        @Override
        public void difference(PackPlace place, EncodedChunk chunk, PackPlace base) throws StorageException {
            target.difference(place, copy(chunk), base);
        }

        private static EncodedChunk copy(EncodedChunk chunk) {
            byte[] data = new byte[chunk.data().remaining()];
            chunk.data().duplicate().get(data);
            return new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), ByteBuffer.wrap(data));
        }

        @Override
        public void damaged(long offset, String reason) throws StorageException {
            target.damaged(offset, reason);
        }
    }
}
