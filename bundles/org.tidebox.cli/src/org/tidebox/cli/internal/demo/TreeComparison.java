package org.tidebox.cli.internal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether two folders hold the same: names, kinds, content, times.
 *
 * @param files how many files were compared
 * @param bytes how long they are together
 * @param differences relative paths with what differs; none if the folders are the same
 */
record TreeComparison(long files, long bytes, List<String> differences) {
    private static final String OWN = ".tidebox";

    static TreeComparison of(Path one, Path other) throws IOException {
        Map<String, Path> left = entries(one);
        Map<String, Path> right = entries(other);
        Gathering result = new Gathering();
        for (Map.Entry<String, Path> entry : left.entrySet()) {
            Path twin = right.remove(entry.getKey());
            if (twin == null) {
                result.differs(entry.getKey() + " is missing in " + other.getFileName());
            } else {
                result.compare(entry.getKey(), entry.getValue(), twin);
            }
        }
        right.keySet().forEach(path -> result.differs(path + " is missing in " + one.getFileName()));
        return result.build();
    }

    boolean isSame() {
        return differences.isEmpty();
    }

    private static Map<String, Path> entries(Path root) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(path -> !path.equals(root) && !root.relativize(path).startsWith(OWN))
                    .forEach(path -> entries.put(root.relativize(path).toString(), path));
        }
        return entries;
    }

    private static final class Gathering {
        private final List<String> differences = new ArrayList<>();
        private long files;
        private long bytes;

        void differs(String what) {
            differences.add(what);
        }

        void compare(String name, Path left, Path right) throws IOException {
            boolean file = Files.isRegularFile(left, LinkOption.NOFOLLOW_LINKS);
            if (file != Files.isRegularFile(right, LinkOption.NOFOLLOW_LINKS)) {
                differs(name + " is not of the same kind");
            } else if (file) {
                files++;
                bytes += Files.size(left);
                compareFiles(name, left, right);
            }
        }

        TreeComparison build() {
            return new TreeComparison(files, bytes, List.copyOf(differences));
        }

        private void compareFiles(String name, Path left, Path right) throws IOException {
            if (Files.mismatch(left, right) >= 0) {
                differs(name + " has another content");
            } else if (!Files.getLastModifiedTime(left).equals(Files.getLastModifiedTime(right))) {
                differs(name + " has another time");
            }
        }
    }
}
