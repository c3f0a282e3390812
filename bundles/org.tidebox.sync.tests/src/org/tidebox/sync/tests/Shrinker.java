package org.tidebox.sync.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing case small: leaves out stretches of its parts, long ones first, as long as it still fails. */
public final class Shrinker {
    private Shrinker() {
    }

    /**
     * Shrinks.
     *
     * @param parts which together fail
     * @param fails whether some of the parts, in their order, still fail
     * @return parts of which none can be left out
     */
    public static <T> List<T> shrink(List<T> parts, Predicate<List<T>> fails) {
        List<T> least = List.copyOf(parts);
        int length = Math.max(1, least.size() / 2);
        while (true) {
            List<T> smaller = without(least, length, fails);
            if (smaller.size() < least.size()) {
                least = smaller;
            } else if (length == 1) {
                return least;
            } else {
                length /= 2;
            }
        }
    }

    private static <T> List<T> without(List<T> parts, int length, Predicate<List<T>> fails) {
        for (int from = 0; from < parts.size(); from += length) {
            List<T> rest = new ArrayList<>(parts.subList(0, from));
            rest.addAll(parts.subList(Math.min(parts.size(), from + length), parts.size()));
            if (fails.test(rest)) {
                return List.copyOf(rest);
            }
        }
        return parts;
    }
}
