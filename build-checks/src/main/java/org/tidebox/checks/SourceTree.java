package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The checkout that is checked.
 *
 * @param root
 *            the folder that holds {@code bundles/}
 */
public record SourceTree(Path root) {
    private static final Set<String> SKIPPED = Set.of("target", "bin", ".git", ".settings", ".idea");

    /** Returns all bundles, by name. */
    public List<Bundle> bundles() throws IOException {
        Path folder = root.resolve("bundles");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry.resolve("src"))).sorted()
                    .map(entry -> new Bundle(this, entry)).toList();
        }
    }

    /** Returns all files below a folder that belong to the project, sorted; none if there is no such folder. */
    public List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new Collector(found, root.resolve("demo")));
        }
        Collections.sort(found);
        return found;
    }

    /** Returns all Java files below a folder. */
    public List<JavaSource> sources(Path folder) throws IOException {
        List<JavaSource> sources = new ArrayList<>();
        for (Path file : files(folder)) {
            if (file.toString().endsWith(".java")) {
                sources.add(JavaSource.read(this, file));
            }
        }
        return sources;
    }

    /** Returns a file of this tree as people name it. */
    public Path relative(Path file) {
        return root.relativize(file);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        /** What {@code tidebox demo} leaves in the checkout; packages may have the same name. */
        private final Path demo;

        Collector(List<Path> found, Path demo) {
            this.found = found;
            this.demo = demo;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = SKIPPED.contains(folder.getFileName().toString()) || folder.equals(demo);
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // In a linked worktree, .git is a file.
            if (attributes.isRegularFile() && !SKIPPED.contains(file.getFileName().toString())) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
