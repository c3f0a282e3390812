package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.List;

/** Collects findings: all are counted, and enough for anybody to read are kept. */
final class Findings {
    private static final int KEPT = 1_000;
    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Finding finding) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
    }

    void addAll(Findings others) {
        others.kept.forEach(this::add);
        count += others.count - others.kept.size();
    }

    long count() {
        return count;
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }
}
