package org.tidebox.sim.tests;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The contents that people wrote, and those that they destroyed themselves. */
final class Texts {
    private final Set<String> written = new HashSet<>();
    private final Set<String> destroyed = new HashSet<>();
    private int counter;

    /** Returns a text that nobody had before; some have the same length. */
    String fresh() {
        return String.format("text %06d ", counter++);
    }

    String written(String text) {
        written.add(text);
        return text;
    }

    void destroyed(String text) {
        destroyed.add(text);
    }

    /** Returns whether a person has overwritten or deleted this, so that no copy of it need be left. */
    boolean isDestroyed(String text) {
        return destroyed.contains(text);
    }

    /** Returns what should be there and is not. */
    Set<String> lost(Set<String> found) {
        Set<String> lost = new TreeSet<>(written);
        lost.removeAll(destroyed);
        lost.removeAll(found);
        return lost;
    }
}
