package org.tidebox.sync.internal.mounts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.files.DurableFile;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.folder.SmallFile;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.report.Reasons;

/**
 * By what a file system inside a sync folder is known again, also after a restart of the computer, when its device has
 * another number and perhaps another name. A mark of our own at its top does that for every kind of file system, for
 * folders that are mounted in another place, and on every system; so the device's UUID, which few of them have, is not
 * asked. Where no mark can be made, as on a read-only one, it is what the system says of it.
 */
final class MountMark {
    /** How a mark begins that the file system itself carries. */
    private static final String CARRIED = "mark ";
    private static final Logger LOG = LoggerFactory.getLogger(MountMark.class);
    private static final String FILE = "disk";
    private static final int BYTES = 16;
    private static final int MOST_BYTES = 1024;

    private final ConfinedRoot confined;
    private final Disk disk;
    private final RandomGenerator random;

    MountMark(ConfinedRoot confined, Disk disk, RandomGenerator random) {
        this.confined = confined;
        this.disk = disk;
        this.random = random;
    }

    /**
     * Returns the mark of a file system.
     *
     * @param top the folder in which it is mounted
     * @param table what the system says is mounted where
     */
    String read(Path top, Map<Path, String> table) throws IOException {
        try {
            return CARRIED + new String(SmallFile.read(file(top), MOST_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return described(top, table);
        }
    }

    /** Returns the mark of a file system, and makes one first if that is possible. */
    String make(Path top, Map<Path, String> table) throws IOException {
        String found = read(top, table);
        if (found.startsWith(CARRIED)) {
            return found;
        }
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        try {
            write(top, HexFormat.of().formatHex(id));
            return read(top, table);
        } catch (IOException e) {
            LOG.info("The file system in {} gets no mark: {}", top, Reasons.of(e));
            return found;
        }
    }

    /** Returns a few letters that tell a file system from others. */
    static String suffix(String mark) {
        return DiskStamp.SUFFIX + (mark.startsWith(CARRIED)
                ? mark.substring(CARRIED.length()).replaceAll("[^0-9a-f]", "").concat("00000000").substring(0, 8)
                : HexFormat.of().toHexDigits(mark.hashCode()));
    }

    private void write(Path top, String id) throws IOException {
        Path folder = top.resolve(FolderMarker.FOLDER);
        // Its clock is read off a file there, too.
        confined.createFolders(FolderMarker.temporary(top));
        disk.setMode(folder, FolderMarker.OWNER_ONLY);
        new DurableFile(file(top), confined).replace((id + "\n").getBytes(StandardCharsets.US_ASCII));
        confined.forceNames(top);
    }

    private static String described(Path top, Map<Path, String> table) throws IOException {
        Optional<String> said = Optional.ofNullable(table.get(top));
        if (said.isPresent()) {
            return said.get();
        }
        FileStore store = Files.getFileStore(top);
        return store.type() + " " + store.name();
    }

    private static Path file(Path top) {
        return top.resolve(FolderMarker.FOLDER).resolve(FILE);
    }
}
