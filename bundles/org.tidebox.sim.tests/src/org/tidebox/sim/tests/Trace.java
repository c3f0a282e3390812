package org.tidebox.sim.tests;

import java.util.ArrayList;
import java.util.List;

/** All that happened, in order; two runs are the same if their hashes are. */
final class Trace {
    private final List<String> lines = new ArrayList<>();
    private long hash = 7;
    private int depth;

    void add(String line) {
        lines.add("  ".repeat(depth) + line);
        note(line);
    }

    /** Counts for the hash, but is not worth a line. */
    void note(String line) {
        for (int i = 0; i < line.length(); i++) {
            hash = hash * 31 + line.charAt(i);
        }
    }

    void deeper(int by) {
        depth += by;
    }

    long hash() {
        return hash;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
