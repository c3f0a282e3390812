package org.tidebox.sync.confined;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the descriptors of open folders, where the system shows them (Linux). {@code /proc/self/fd/N/name} leads to the
 * entry of the very folder that was opened, wherever that lies by now and whatever has taken its place (see proc_pid_fd(5)).
 * Java does not tell a descriptor's number; it is known by its position, a random one that was just set. Not
 * thread-safe.
 */
final class Descriptors {
    private static final Path FOLDERS = Path.of("/proc/self/fd");
    private static final Path POSITIONS = Path.of("/proc/self/fdinfo");
    /** The system gives the lowest number that is free, so the next one is mostly near the last. */
    private static final int NEAR = 8;
    private static final int LONGEST_POSITION = 32;

    private final NavigableSet<Integer> freed = new TreeSet<>();
    private int last = -1;

    /** Returns whether this system shows them. */
    static boolean areShown() {
        return Files.isDirectory(FOLDERS) && Files.isDirectory(POSITIONS);
    }

    /**
     * Returns the way through an open folder.
     *
     * @throws UnsupportedOperationException if it cannot be found
     */
    Path find(FileChannel folder) throws IOException {
        long position = set(folder);
        String text = "pos:\t" + position + "\n";
        for (int number : freed) {
            if (isAt(Integer.toString(number), text)) {
                return found(number);
            }
        }
        for (int number = last + 1; last >= 0 && number <= last + NEAR; number++) {
            if (isAt(Integer.toString(number), text)) {
                return found(number);
            }
        }
        return findAmongAll(text);
    }

    /** Notes that a folder is closed: its number is given to the next one, as a rule. */
    void closed(Path through) {
        freed.add(Integer.valueOf(through.getFileName().toString()));
        while (freed.size() > NEAR) {
            freed.pollLast();
        }
    }

    private Path findAmongAll(String text) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(POSITIONS)) {
            for (Path one : all) {
                String number = one.getFileName().toString();
                if (isAt(number, text)) {
                    return found(Integer.parseInt(number));
                }
            }
        }
        throw new UnsupportedOperationException("the system does not tell their positions");
    }

    private static long set(FileChannel folder) {
        long position = 1L + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE - 1);
        try {
            folder.position(position);
            return position;
        } catch (IOException e) {
            throw new UnsupportedOperationException("the file system has no positions in folders: " + e.getMessage(),
                    e);
        }
    }

    private Path found(int number) {
        freed.remove(number);
        last = number;
        return FOLDERS.resolve(Integer.toString(number));
    }

    private static boolean isAt(String number, String text) throws IOException {
        try (InputStream in = Files.newInputStream(POSITIONS.resolve(number))) {
            return new String(in.readNBytes(LONGEST_POSITION), StandardCharsets.US_ASCII).startsWith(text);
        } catch (NoSuchFileException e) {
            // Closed meanwhile.
            return false;
        }
    }
}
