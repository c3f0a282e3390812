package org.tidebox.checks.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tidebox.checks.Bundle;
import org.tidebox.checks.Clause;
import org.tidebox.checks.SourceTree;

/** The recorded promises of a tree's exported packages: {@code build-checks/api/PACKAGE.txt}. */
final class Baseline {
    static final String COMMAND = "./mvnw -q compile exec:java@api -pl build-checks";
    private static final String VERSION = "version ";

    private final SourceTree tree;

    Baseline(SourceTree tree) {
        this.tree = tree;
    }

    /**
     * What a package promises.
     *
     * @param version
     *            of the package
     * @param lines
     *            its signatures
     */
    record Api(String version, List<String> lines) {
    }

    /** Returns what the exported packages promise now, by name. */
    SortedMap<String, Api> current() throws IOException {
        SortedMap<String, Api> found = new TreeMap<>();
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.isTests()) {
                for (Clause exported : bundle.header("Export-Package")) {
                    found.put(exported.name(),
                            new Api(exported.version(), Signatures.of(files(bundle, exported.name()))));
                }
            }
        }
        return found;
    }

    private List<Path> files(Bundle bundle, String packageName) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src", "src-gen")) {
            Path place = bundle.folder().resolve(folder).resolve(packageName.replace('.', '/'));
            for (Path file : tree.files(place)) {
                if (place.equals(file.getParent()) && file.toString().endsWith(".java")) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** Returns the packages that something is recorded of. */
    List<String> recorded() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : tree.files(folder())) {
            names.add(file.getFileName().toString().replaceFirst("\\.txt$", ""));
        }
        return names;
    }

    /** Returns what was recorded of a package. */
    Optional<Api> recorded(String packageName) throws IOException {
        Path file = file(packageName);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return Optional.of(new Api(lines.getFirst().substring(VERSION.length()), lines.subList(1, lines.size())));
    }

    void record(String packageName, Api api) throws IOException {
        List<String> lines = new ArrayList<>(List.of(VERSION + api.version()));
        lines.addAll(api.lines());
        Files.createDirectories(folder());
        Files.writeString(file(packageName), String.join("\n", lines) + "\n");
    }

    void forget(String packageName) throws IOException {
        Files.delete(file(packageName));
    }

    Path file(String packageName) {
        return folder().resolve(packageName + ".txt");
    }

    private Path folder() {
        return tree.root().resolve("build-checks").resolve("api");
    }
}
