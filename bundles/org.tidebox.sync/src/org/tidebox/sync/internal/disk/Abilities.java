package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidebox.sync.confined.ConfinedRoot;

/**
 * What the file system of a sync folder can do, found out by trying.
 *
 * @param links whether a file may have several names (hard links)
 * @param modes whether permission bits stay as they were set
 */
public record Abilities(boolean links, boolean modes) {
    /** What to rely on where it cannot be tried. */
    public static final Abilities NONE = new Abilities(false, false);

    /**
     * Tries with a file of its own.
     *
     * @param temporary a folder of the file system
     * @param confined makes the file
     * @throws IOException if not even a file can be made, as on a full disk; then nobody knows
     */
    public static Abilities of(Path temporary, ConfinedRoot confined, Disk disk) throws IOException {
        Path file = temporary.resolve("try");
        Path link = temporary.resolve("try-link");
        confined.deleteIfExists(link);
        confined.deleteIfExists(file);
        try {
            confined.create(file).close();
            return new Abilities(links(confined, file, link), holds(disk, file, 0610) && holds(disk, file, 0600));
        } finally {
            confined.deleteIfExists(link);
            confined.deleteIfExists(file);
        }
    }

    private static boolean links(ConfinedRoot confined, Path file, Path link) {
        try {
            confined.addName(link, file);
            return Files.isSameFile(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean holds(Disk disk, Path file, int mode) {
        try {
            disk.setMode(file, mode);
            return disk.look(file).filter(entry -> entry.stamp().mode() == mode).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
