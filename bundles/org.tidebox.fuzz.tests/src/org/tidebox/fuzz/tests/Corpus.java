package org.tidebox.fuzz.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that are kept in the folder {@code corpus}, one file each below the name of the target. */
final class Corpus {
    /** Where it is for the tests of this bundle. */
    static final Path FOLDER = Path.of("corpus").toAbsolutePath();

    private Corpus() {
    }

    /** Returns the inputs of a target by name; none if there are none. */
    static Map<String, byte[]> read(Path corpus, String target) throws IOException {
        Map<String, byte[]> inputs = new TreeMap<>();
        Path folder = corpus.resolve(target);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }
}
