package org.tidebox.sim.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does one thing, at random, of what people and their programs do to folders. Nothing, where it is not possible. */
final class SimUser {
    private static final List<String> NAMES = List.of("a", "b", "c.txt", "d", "e.md", "A", "C.txt");
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-xr-x", "rw-------", "r--r--r--");
    private static final int LARGE = 60_000;

    private final SimDevice device;
    private final Random random;
    private final Texts texts;
    private final Moment moment;
    private List<Path> all = List.of();

    /**
     * A person at a device.
     *
     * @param moment what the engine is about to do
     */
    SimUser(SimDevice device, Random random, Texts texts, Moment moment) {
        this.moment = moment;
        this.device = device;
        this.random = random;
        this.texts = texts;
    }

    /** Does it, and says what it was. */
    String act() throws IOException {
        return device.disk().asUser(() -> {
            all = entries();
            return device.name() + " " + actOn(all.isEmpty() ? device.root() : all.get(random.nextInt(all.size())));
        });
    }

    private String actOn(Path some) throws IOException {
        if (some.equals(device.root()) || SimMount.isPlace(some)) {
            return moment == Moment.IN_PLACE ? "nothing" : write(place());
        }
        return moment == Moment.IN_PLACE ? edit(some) : anything(some);
    }

    /** Changes what is there, and puts nothing new anywhere. */
    private String edit(Path some) throws IOException {
        return switch (random.nextInt(7)) {
            case 0 -> isFile(some) ? write(some) : "nothing";
            case 6 -> saveAgain(some);
            case 1 -> append(some);
            case 2 -> truncate(some);
            case 3 -> delete(some);
            case 4 -> changeMode(some);
            default -> touchBack(some);
        };
    }

    private String anything(Path some) throws IOException {
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> write(place());
            case 3 -> isFile(some) ? write(some) : makeFolder(some.resolve(name()));
            case 4 -> append(some);
            case 5 -> truncate(some);
            case 6 -> delete(some);
            case 7, 8, 9 -> move(some, place());
            case 10 -> swap(some, all.get(random.nextInt(all.size())));
            case 11 -> makeFolder(place());
            case 12 -> link(place());
            case 13 -> replaceByOtherKind(some);
            case 14 -> changeMode(some);
            case 15 -> move(some, some.resolveSibling(otherCase(some.getFileName().toString())));
            case 16 -> touchBack(some);
            case 17 -> moment == Moment.QUIET ? editUnseen(some) : append(some);
            case 18, 19, 20 -> saveAgain(some);
            default -> saveByRename(some);
        };
    }

    private List<Path> entries() throws IOException {
        Path root = device.root();
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root) && !SimDevice.isOwn(path)).sorted().toList();
        }
    }

    private Path place() {
        List<Path> folders = Stream.concat(Stream.of(device.root()), all.stream().filter(SimUser::isFolder)).toList();
        return folders.get(random.nextInt(folders.size())).resolve(name());
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static String otherCase(String name) {
        String upper = name.toUpperCase();
        return upper.equals(name) ? name.toLowerCase() : upper;
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private String text() {
        String text = texts.fresh();
        if (random.nextInt(10) > 0) {
            return text + "x".repeat(random.nextInt(2));
        }
        return text + random.ints(LARGE, 'a', 'z').mapToObj(letter -> Character.toString((char) letter))
                .collect(Collectors.joining());
    }

    private void put(Path path, String text) throws IOException {
        if (exists(path)) {
            texts.destroyed(SimDevice.text(path));
        }
        Files.write(path, texts.written(text).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String write(Path path) throws IOException {
        if (exists(path) && !isFile(path)) {
            return "nothing";
        }
        String text = text();
        put(path, text);
        return "write " + path + " := " + start(text);
    }

    private String append(Path path) throws IOException {
        if (!isFile(path)) {
            return "nothing";
        }
        String more = text();
        String text = SimDevice.text(path);
        int at = random.nextBoolean() ? text.length() : random.nextInt(text.length() + 1);
        put(path, text.substring(0, at) + more + text.substring(at));
        return "insert into " + path + " at " + at + " " + start(more);
    }

    private String truncate(Path path) throws IOException {
        if (!isFile(path)) {
            return "nothing";
        }
        String text = SimDevice.text(path);
        put(path, text.substring(0, random.nextInt(text.length() + 1)));
        return "truncate " + path;
    }

    /** Saves another content of the same length, which only times tell of. */
    private String saveAgain(Path path) throws IOException {
        String fresh = texts.fresh();
        if (!isFile(path) || SimDevice.text(path).length() < fresh.length()) {
            return "nothing";
        }
        put(path, fresh + SimDevice.text(path).substring(fresh.length()));
        return "save again " + path + " := " + fresh;
    }

    /** Sets the time back, perhaps after an edit that keeps the length, as some programs do. */
    private String touchBack(Path path) throws IOException {
        if (!isFile(path)) {
            return "nothing";
        }
        FileTime before = Files.getLastModifiedTime(path);
        String text = SimDevice.text(path);
        String fresh = texts.fresh();
        boolean edits = text.length() >= fresh.length() && random.nextBoolean();
        if (edits) {
            put(path, fresh + text.substring(fresh.length()));
        }
        Files.setLastModifiedTime(path,
                FileTime.from(before.toInstant().minus(Duration.ofSeconds(1 + random.nextInt(100_000)))));
        return "touch back " + path + (edits ? " := " + fresh : "");
    }

    /** Edits and keeps the length and the time to the nanosecond; perhaps renames it then, as editors of tags do. */
    private String editUnseen(Path path) throws IOException {
        String fresh = texts.fresh();
        if (!isFile(path) || SimDevice.text(path).length() < fresh.length()) {
            return "nothing";
        }
        device.tick();
        FileTime time = Files.getLastModifiedTime(path);
        put(path, fresh + SimDevice.text(path).substring(fresh.length()));
        Files.setLastModifiedTime(path, time);
        device.tick();
        String then = random.nextBoolean()
                ? ""
                : ", " + (random.nextBoolean() ? changeMode(path) : move(path, place()));
        return "edit unseen " + path + " := " + fresh + then;
    }

    private String saveByRename(Path path) throws IOException {
        if (!isFile(path)) {
            return "nothing";
        }
        String text = text();
        Path temporary = path.resolveSibling("save.tmp");
        put(temporary, text);
        texts.destroyed(SimDevice.text(path));
        Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
        return "save " + path + " := " + start(text);
    }

    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), 13)).strip();
    }

    private String makeFolder(Path path) throws IOException {
        if (exists(path) || !isFolder(path.getParent())) {
            return "nothing";
        }
        Files.createDirectory(path);
        return "mkdir " + path;
    }

    private String link(Path path) throws IOException {
        if (exists(path)) {
            return "nothing";
        }
        Files.createSymbolicLink(path, path.getFileSystem().getPath(texts.fresh().strip()));
        return "link " + path;
    }

    private String delete(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (isFile(each)) {
                    texts.destroyed(SimDevice.text(each));
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
        carry(from, to);
        return "move " + from + " -> " + to;
    }

    /** Moves as people do: to another file system by a copy. */
    private void carry(Path from, Path to) throws IOException {
        if (device.disk().isOneDevice(from, to)) {
            Files.move(from, to);
            return;
        }
        if (Files.isSymbolicLink(from)) {
            Files.createSymbolicLink(to, Files.readSymbolicLink(from));
        } else if (isFolder(from)) {
            Files.createDirectory(to);
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
            try (Stream<Path> children = Files.list(from)) {
                for (Path child : children.sorted().toList()) {
                    carry(child, to.resolve(child.getFileName().toString()));
                }
            }
        } else {
            Files.write(to, Files.readAllBytes(from));
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
            Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
        }
        Files.delete(from);
    }

    private String swap(Path one, Path other) throws IOException {
        if (one.startsWith(other) || other.startsWith(one) || SimMount.isPlace(other)) {
            return "nothing";
        }
        Path aside = one.resolveSibling("aside");
        carry(one, aside);
        carry(other, one);
        carry(aside, other);
        return "swap " + one + " <-> " + other;
    }

    private String replaceByOtherKind(Path path) throws IOException {
        boolean file = isFile(path);
        delete(path);
        return file ? "file to folder, " + makeFolder(path) : "folder to file, " + write(path);
    }

    private static String changeMode(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "nothing";
        }
        int at = Math.floorMod(path.hashCode(), MODES.size());
        String mode = isFolder(path) ? "rwxr-x---" : MODES.get(at);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        return "chmod " + mode + " " + path;
    }
}
