package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small source tree in a temporary folder, with what a test plants in it. */
final class PlantedTree {
    private final Path root;

    PlantedTree(Path root) throws IOException {
        this.root = root;
        file("build-checks/layers.txt", "# comment", "0 org.tidebox.low engine", "1 org.tidebox.mid",
                "1 org.tidebox.mid.disk provider", "2 org.tidebox.high");
    }

    PlantedTree file(String name, String... lines) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
        return this;
    }

    /** Adds a bundle with a manifest and one class that has these imports. */
    PlantedTree bundle(String name, String... imports) throws IOException {
        manifest(name, "Bundle-SymbolicName: " + name);
        String[] lines = new String[imports.length + 2];
        lines[0] = "package " + name + ";";
        for (int i = 0; i < imports.length; i++) {
            lines[i + 1] = "import " + imports[i] + ";";
        }
        lines[imports.length + 1] = "class Planted { }";
        return file(source(name, "Planted.java"), lines);
    }

    PlantedTree manifest(String bundle, String... headers) throws IOException {
        return file("bundles/" + bundle + "/META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\n" + String.join("\n", headers));
    }

    static String source(String bundle, String file) {
        return "bundles/" + bundle + "/src/" + bundle.replace('.', '/') + "/" + file;
    }

    List<Violation> violations(Check check) throws IOException {
        return check.run(new SourceTree(root));
    }
}
