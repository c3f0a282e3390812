package org.tidebox.memory.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells whether a process does hardly anything any more but collect garbage. Java throws an error only once a collection
 * finds nothing at all; a heap that is full but for crumbs keeps a process from working as well, for ever. Used by one
 * thread.
 */
final class Exhaustion {
    /** So long it may last, in milliseconds: work that needs much memory for a moment ends before. */
    static final long PATIENCE = 20_000;
    private static final double SHARE = 0.9;

    private final Deque<Look> looks = new ArrayDeque<>();

    /**
     * Takes a look.
     *
     * @param now milliseconds of a clock that only goes forward
     * @param collecting milliseconds that went into collecting garbage since the process began
     */
    boolean isReached(long now, long collecting) {
        looks.addLast(new Look(now, collecting));
        while (looks.size() > 1 && secondIsOldEnough(now)) {
            looks.removeFirst();
        }
        Look then = looks.getFirst();
        return now - then.at >= PATIENCE && collecting - then.collecting >= SHARE * (now - then.at);
    }

    private boolean secondIsOldEnough(long now) {
        Look first = looks.removeFirst();
        boolean oldEnough = now - looks.getFirst().at >= PATIENCE;
        looks.addFirst(first);
        return oldEnough;
    }

    private record Look(long at, long collecting) {
    }
}
