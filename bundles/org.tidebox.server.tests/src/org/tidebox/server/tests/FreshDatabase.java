package org.tidebox.server.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.StorageLocation;

/**
 * The files of a database that has tables and no rows, made once for all tests and copied for each: making one takes
 * longer than most tests do. That it is made well is tested in {@code org.tidebox.storage.tests}.
 */
final class FreshDatabase {
    private static final String FOLDER = "metadata";
    private static final Map<String, byte[]> FILES = make();

    private FreshDatabase() {
    }

    /** Puts one into a data folder that has none, if it is one that can be written to. */
    static void copyTo(Path data) throws IOException {
        if (!Files.isDirectory(data) || !Files.isWritable(data) || Files.exists(data.resolve(FOLDER))) {
            return;
        }
        for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
            Path target = data.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
    }

    private static Map<String, byte[]> make() {
        // Power does not go in these tests; waiting for the disk would be most of what they do.
        System.setProperty("derby.system.durability", "test");
        try {
            Path folder = Files.createTempDirectory("tidebox-fresh");
            new JdbcMetadataStoreProvider().open(new StorageLocation(folder, Map.of())).close();
            Map<String, byte[]> files = new TreeMap<>();
            for (Path path : walk(folder)) {
                if (Files.isRegularFile(path)) {
                    files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
                }
                Files.delete(path);
            }
            return files;
        } catch (IOException | StorageException e) {
            throw new IllegalStateException("Cannot make a database to copy", e);
        }
    }

    /** Returns what is inside before what it is in. */
    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
