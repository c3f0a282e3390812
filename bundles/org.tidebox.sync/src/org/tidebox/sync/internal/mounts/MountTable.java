package org.tidebox.sync.internal.mounts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the system says is mounted below a folder. On Linux that is {@code /proc/self/mountinfo} (proc(5)); elsewhere
 * nobody says it, and the devices of folders have to tell. Only the table knows of a folder that is mounted in another
 * place of its own file system (a bind mount), whose device is the same.
 */
public final class MountTable {
    private static final Path FILE = Path.of("/proc/self/mountinfo");
    private static final int SOURCE = 3;
    private static final int PLACE = 4;
    private static final String SEPARATOR = "-";

    private MountTable() {
    }

    /**
     * Returns what is mounted below a folder, but not on itself: by place, a text that tells the kind of file system,
     * where it comes from, and which folder of it is shown. Empty where nobody says it.
     */
    public static Map<Path, String> below(Path root) throws IOException {
        if (root.getFileSystem() != FileSystems.getDefault() || !Files.exists(FILE)) {
            return Map.of();
        }
        // Each byte is a letter here: names need not be text in any encoding.
        return below(root, new String(Files.readAllBytes(FILE), StandardCharsets.ISO_8859_1));
    }

    /** Returns what {@link org.tidebox.sync.SyncFolder#ground} returns. */
    public static String ground(Path root) {
        try {
            return ground(root, below(root));
        } catch (IOException e) {
            return "not there";
        }
    }

    /** Returns the same, for a table that was read just now. */
    static String ground(Path root, Map<Path, String> table) throws IOException {
        return Files.readAttributes(root, BasicFileAttributes.class).fileKey() + " " + table;
    }

    /** Returns the same of the text of a table. */
    static Map<Path, String> below(Path root, String table) {
        Map<Path, String> found = new TreeMap<>();
        for (String line : table.split("\n")) {
            String[] fields = line.split(" ");
            int separator = PLACE + 1;
            while (separator < fields.length && !fields[separator].equals(SEPARATOR)) {
                separator++;
            }
            if (separator + 2 < fields.length) {
                String what = fields[separator + 1] + " " + text(fields[separator + 2]) + " " + text(fields[SOURCE]);
                // Of several at one place the last one is on top.
                place(text(fields[PLACE])).filter(place -> place.startsWith(root) && !place.equals(root))
                        .ifPresent(place -> found.put(place, what));
            }
        }
        return new LinkedHashMap<>(found);
    }

    /** What this process cannot name lies in no folder that it synchronises. */
    private static Optional<Path> place(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Blanks and the like are written as a backslash and three octal digits. */
    private static String text(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < field.length(); i++) {
            Optional<Integer> escaped = octal(field, i);
            bytes.write(escaped.orElse((int) field.charAt(i)));
            i += escaped.isPresent() ? 3 : 0;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Optional<Integer> octal(String field, int at) {
        return field.charAt(at) == '\\' && at + 3 < field.length()
                ? Optional.of(Integer.parseInt(field.substring(at + 1, at + 4), 8))
                : Optional.empty();
    }
}
