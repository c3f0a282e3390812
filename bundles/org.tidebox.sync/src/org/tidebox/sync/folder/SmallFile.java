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
    private static final int KIB = 1024;

    private SmallFile() {
    }

    /**
     * Reads a file.
     *
     * @param most how many bytes it may have
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it is no regular file, larger, or cannot be read; the reason is for a person
     */
    public static byte[] read(Path file, int most) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(attributes.isSymbolicLink()
                    ? "it is a link, and no link is followed here; put a file in its place"
                    : "it is no regular file");
        }
        // What was put in its place meanwhile may be a device, whose size is no size: so the bytes are counted.
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("it is larger than " + most / KIB + " KiB");
            }
            return bytes;
        }
    }
}
