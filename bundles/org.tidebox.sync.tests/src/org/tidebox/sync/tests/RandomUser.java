package org.tidebox.sync.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.tidebox.sync.SyncFolder;

/**
 * Does what people do to their folders, at random. Every text it writes is new, and it notes which texts it destroyed
 * itself.
 */
public final class RandomUser {
    private static final String[] NAMES = {"a", "b", "c.txt", "d", "e.md", "f"};

    private final Random random;
    private final Set<String> written;
    private final Set<String> destroyed;
    private final InstantSource moves;
    private int counter;

    public RandomUser(Random random, Set<String> written, Set<String> destroyed) {
        this(random, written, destroyed, null);
    }

    /**
     * Makes one who also gives what was moved the time of that, as an inode gets it where a file system keeps such a time.
     */
    public RandomUser(Random random, Set<String> written, Set<String> destroyed, InstantSource moves) {
        this.moves = moves;
        this.random = random;
        this.written = written;
        this.destroyed = destroyed;
    }

    /** Returns the names that it gives to entries. */
    public static List<String> names() {
        return List.of(NAMES);
    }

    public String act(Device device) throws IOException {
        List<Path> all = entries(device);
        Path some = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        int action = random.nextInt(12);
        if (some == null || action < 3) {
            return write(freeOrFile(device, all));
        }
        return switch (action) {
            case 3 -> isFile(some) ? write(some) : makeFolder(some.resolve(name()));
            case 4 -> delete(some);
            case 5, 6 -> move(some, folder(device, all).resolve(name()));
            case 7 -> swap(some, all.get(random.nextInt(all.size())));
            case 8 -> makeFolder(folder(device, all).resolve(name()));
            case 9 -> link(folder(device, all).resolve(name()));
            case 10 -> replaceByOtherKind(some);
            default -> saveByRename(some);
        };
    }

    private List<Path> entries(Device device) throws IOException {
        Path root = device.path("");
        try (Stream<Path> paths = Files.walk(root)) {
            return new ArrayList<>(paths.filter(path -> !path.equals(root)
                    && !path.startsWith(root.resolve(SyncFolder.MARKER_FOLDER))).sorted().toList());
        }
    }

    private Path folder(Device device, List<Path> all) {
        List<Path> folders = new ArrayList<>(
                all.stream().filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList());
        folders.add(device.path("."));
        return folders.get(random.nextInt(folders.size())).normalize();
    }

    private Path freeOrFile(Device device, List<Path> all) {
        return folder(device, all).resolve(name());
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private String write(Path path) throws IOException {
        if (exists(path) && !isFile(path)) {
            return "nothing";
        }
        if (exists(path)) {
            destroyed.add(Files.readString(path));
        }
        String text = text();
        Files.writeString(path, text);
        written.add(text);
        return "write " + path + " := " + text;
    }

    /** Some texts are equally long, so that size alone does not tell them apart. */
    private String text() {
        return "text " + String.format("%06d", counter++) + "x".repeat(random.nextInt(2));
    }

    private String saveByRename(Path path) throws IOException {
        if (!isFile(path)) {
            return "nothing";
        }
        destroyed.add(Files.readString(path));
        String text = text();
        Path temporary = path.resolveSibling("save.tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        written.add(text);
        return "save " + path + " := " + text;
    }

    private String makeFolder(Path path) throws IOException {
        if (exists(path) || !Files.isDirectory(path.getParent())) {
            return "nothing";
        }
        Files.createDirectory(path);
        return "mkdir " + path;
    }

    private String link(Path path) throws IOException {
        if (exists(path)) {
            return "nothing";
        }
        Files.createSymbolicLink(path, path.getFileSystem().getPath("target" + counter++));
        return "link " + path;
    }

    private String delete(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (isFile(each)) {
                    destroyed.add(Files.readString(each));
                }
                Files.delete(each);
            }
        }
        return "delete " + path;
    }

    private String move(Path from, Path to) throws IOException {
        if (exists(to) || to.startsWith(from)) {
            return "nothing";
        }
        rename(from, to);
        return "move " + from + " -> " + to;
    }

    private String swap(Path one, Path other) throws IOException {
        if (one.startsWith(other) || other.startsWith(one)) {
            return "nothing";
        }
        Path aside = one.resolveSibling("aside");
        rename(one, aside);
        rename(other, one);
        rename(aside, other);
        return "swap " + one + " <-> " + other;
    }

    private String replaceByOtherKind(Path path) throws IOException {
        boolean file = isFile(path);
        delete(path);
        return file ? "file to folder, " + makeFolder(path) : "folder to file, " + write(path);
    }

    private void rename(Path from, Path to) throws IOException {
        Files.move(from, to);
        if (moves != null && isFile(to)) {
            Files.setLastModifiedTime(to, FileTime.from(moves.instant()));
        }
    }
}
