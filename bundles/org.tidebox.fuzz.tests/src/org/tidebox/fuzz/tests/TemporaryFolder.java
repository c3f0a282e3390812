package org.tidebox.fuzz.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for a target that needs the real file system. */
final class TemporaryFolder {
    private TemporaryFolder() {
    }

    static Path create() {
        try {
            return Files.createTempDirectory("tidebox-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be made", e);
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
