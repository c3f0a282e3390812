package org.tidebox.sync.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that are small unless somebody means harm: from inside a sync folder comes whatever other devices and
 * programs have put there. No link is followed, nothing is opened that may never end or answer (a pipe, a device), and
 * no more is read than was agreed on.
 */
public final class SmallFile {
    private SmallFile() {
    }

    /**
     * Reads a file.
     *
     * @param most how many bytes it may have
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws ObstacleException if it is no regular file, or larger
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path file, int most) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new ObstacleException(
                    attributes.isSymbolicLink() ? new Obstacle.LinkNotFollowed() : new Obstacle.NoRegularFile());
        }
        // What was put in its place meanwhile may be a device, whose size is no size: so the bytes are counted.
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new ObstacleException(new Obstacle.TooLarge(most));
            }
            return bytes;
        }
    }
}
