package org.tidebox.sync.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HexFormat;
import java.util.TreeMap;

/** Extended attributes on the disk, for tests. */
public final class Extended {
    private Extended() {
    }

    /** Skips the test where the file system has none. */
    public static void assume(Path folder) throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "the file system of " + folder + " has no extended attributes");
    }

    public static void set(Path path, String name, byte[] value) throws IOException {
        view(path).write(name, ByteBuffer.wrap(value));
    }

    public static void set(Path path, String name, String value) throws IOException {
        set(path, name, value.getBytes(UTF_8));
    }

    public static void remove(Path path, String name) throws IOException {
        view(path).delete(name);
    }

    /** Returns all of an entry: names and values, texts as they are and other bytes as hex digits. */
    public static TreeMap<String, String> of(Path path) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        for (String name : view(path).list()) {
            ByteBuffer value = ByteBuffer.allocate(view(path).size(name));
            view(path).read(name, value);
            found.put(name, text(value.array()));
        }
        return found;
    }

    /** Returns a value as text, or as hex digits where it is none. */
    public static String text(byte[] value) {
        String text = new String(value, UTF_8);
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 127);
        return printable ? text : HexFormat.of().formatHex(value);
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
