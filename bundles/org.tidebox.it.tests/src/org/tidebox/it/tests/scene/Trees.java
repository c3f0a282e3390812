package org.tidebox.it.tests.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at folders as a user would compare them: every entry with kind, content, mode, modification time and target. */
public final class Trees {
    private Trees() {
    }

    /** Asserts that two folders hold the same. */
    public static void assertSame(Path expected, Path actual) throws IOException {
        assertThat(describe(actual)).containsExactlyEntriesOf(describe(expected));
    }

    /** Describes every entry below a folder; Tidebox's own folders are left out, and so are the times of folders, which change with their entries. */
    public static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root, new FileVisitOption[0])) {
            walk.filter(path -> !path.equals(root) && !(path + "/").contains("/.tidebox/"))
                    .forEach(path -> entries.put(root.relativize(path).toString(), describeEntry(path)));
        }
        return entries;
    }

    /** Returns the text contents of all files, in no particular order. */
    public static List<String> contents(Path root) throws IOException {
        List<String> contents = new ArrayList<>();
        for (String name : describe(root).keySet()) {
            if (Files.isRegularFile(root.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                contents.add(Files.readString(root.resolve(name)));
            }
        }
        return contents;
    }

    private static String describeEntry(Path path) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink()) {
                return "link to " + Files.readSymbolicLink(path);
            }
            String mode = PosixFilePermissions.toString(attributes.permissions());
            if (attributes.isDirectory()) {
                return "folder " + mode;
            }
            return "file " + mode + " " + attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " "
                    + hash(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a tree. */
    public static void delete(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Copies a real tree of this machine with its attributes; links stay links, what cannot be read is left out. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                if (Files.isReadable(path) || Files.isSymbolicLink(path)) {
                    Files.copy(path, to.resolve(from.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
