package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code build-checks/layers.txt} says: which bundles there are and what each may know.
 *
 * @param entries
 *            the bundles by name
 */
public record Layers(Map<String, Entry> entries) {
    /** The file, relative to the root of the tree. */
    public static final Path FILE = Path.of("build-checks", "layers.txt");

    /**
     * One line of the file.
     *
     * @param layer
     *            the layer, 0 being the lowest
     * @param marks
     *            {@code provider}, {@code engine}, both or none
     */
    public record Entry(int layer, Set<String> marks) {
        /** Tells whether only tests may import this bundle. */
        public boolean isProvider() {
            return marks.contains("provider");
        }

        /** Tells whether this bundle has to be plain Java. */
        public boolean isEngine() {
            return marks.contains("engine");
        }
    }

    /** Reads the file of a tree. */
    public static Layers read(SourceTree tree) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        for (String line : Files.readAllLines(tree.root().resolve(FILE))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                List<String> words = List.of(line.strip().split("\\s+"));
                Set<String> marks = Set.copyOf(words.subList(2, words.size()));
                entries.put(words.get(1), new Entry(Integer.parseInt(words.get(0)), marks));
            }
        }
        return new Layers(entries);
    }

    /** Returns the listed bundle that a package of ours belongs to: the longest name that the package starts with. */
    public Optional<String> owner(String packageName) {
        return entries.keySet().stream().filter(name -> (packageName + ".").startsWith(name + "."))
                .max(Comparator.comparingInt(String::length));
    }
}
