package org.tidebox.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;

/**
 * A folder below {@code bundles/}.
 *
 * @param tree
 *            the tree it is in
 * @param folder
 *            where it is
 */
public record Bundle(SourceTree tree, Path folder) {
    /** Returns the name of the folder, which has to be the symbolic name too. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Tells whether this bundle holds tests: those may import more than others. */
    public boolean isTests() {
        return name().endsWith(".tests");
    }

    /** Returns the manifest's place, relative to the root of the tree. */
    public Path manifestFile() {
        return tree.relative(folder.resolve("META-INF/MANIFEST.MF"));
    }

    /** Returns the clauses of a manifest header; none if manifest or header are missing. */
    public List<Clause> header(String name) throws IOException {
        Path file = folder.resolve("META-INF/MANIFEST.MF");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Clause.parse(new Manifest(in).getMainAttributes().getValue(name));
        }
    }

    /** Returns the Java files of this bundle. */
    public List<JavaSource> sources() throws IOException {
        return tree.sources(folder.resolve("src"));
    }
}
