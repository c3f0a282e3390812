package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tidebox.sync.SyncFolder;

/**
 * A folder in which somebody writes file after file: mostly small ones, some of several chunks, some once more. One subfolder after the
 * other is filled and then left alone, so that a file that was missed is not found by chance when its neighbours change.
 */
public final class BusyFolder {
    private static final int LARGE = 700_000;
    private static final int FOLDERS = 150;
    private static final int FILES_PER_FOLDER = 20;

    public final Path root;
    private final Random random;
    private int count;

    public BusyFolder(Path root, long seed) throws IOException {
        this.root = root;
        this.random = new Random(seed);
        for (int i = 0; i < FOLDERS; i++) {
            Files.createDirectories(root.resolve("folder" + i));
        }
    }

    public int count() {
        return count;
    }

    /** Writes so many new files, and writes once more to some of them. */
    public void write(int files) {
        try {
            for (int i = 0; i < files; i++) {
                Path file = file(count);
                Files.createDirectories(file.getParent());
                Files.write(file, content(count % 100 == 7 ? LARGE : 20 + random.nextInt(3000)));
                if (count % 10 == 3) {
                    Files.write(file(count - random.nextInt(4)), content(50), StandardOpenOption.APPEND);
                }
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one file of its own. */
    public void write(String name) throws IOException {
        Files.write(root.resolve(name), content(5000));
    }

    /** Returns length and checksum of each file below a folder, Tidebox's own left out. */
    public static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return visited.endsWith(SyncFolder.MARKER_FOLDER)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                CRC32C checksum = new CRC32C();
                checksum.update(bytes);
                found.put(folder.relativize(file).toString(), bytes.length + " bytes, " + checksum.getValue());
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private Path file(int number) {
        Path folder = root.resolve("folder" + number / FILES_PER_FOLDER % FOLDERS);
        return (number % 16 == 5 ? folder.resolve("deeper") : folder).resolve("file" + number);
    }

    private byte[] content(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        byte[] readable = Integer.toString(count).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(readable, 0, bytes, 0, readable.length);
        return bytes;
    }
}
