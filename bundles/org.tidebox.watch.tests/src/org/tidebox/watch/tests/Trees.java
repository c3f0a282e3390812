package org.tidebox.watch.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Trees of folders to watch. */
final class Trees {
    private Trees() {
    }

    /** Returns the folders of a tree, itself included, parents first. */
    static List<Path> foldersOf(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Makes 50 folders of ten files each; returns the folders relative to the tree. */
    static List<String> makeTreeOf500Files(Path tree) throws IOException {
        List<String> folders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String folder = "a" + i % 5 + "/b" + i % 10 + "/c" + i;
            folders.add(folder);
            Files.createDirectories(tree.resolve(folder));
            for (int j = 0; j < 10; j++) {
                Files.writeString(tree.resolve(folder).resolve("file" + j), "x");
            }
        }
        return folders;
    }

    /** Removes a tree. */
    static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
