package org.tidebox.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The memory that all uploads share. Who waits for room gets it in the order of coming; and as long as somebody waits,
 * whoever holds some stores what he has, be his batch full or not: so nobody waits for a device that sends slowly or
 * stands still. Thread-safe.
 */
final class IngestRoom {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Semaphore bytes;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

    /** Has room for so many bytes. */
    IngestRoom(int size) {
        this.bytes = new Semaphore(size, true);
    }

    /** Somebody who may hold room. */
    @FunctionalInterface
    interface Holder {
        /** Begins to give back what is held, unless that is going on already. Returns at once. */
        void letGo();
    }

    void enter(Holder holder) {
        holders.add(holder);
    }

    void leave(Holder holder) {
        holders.remove(holder);
    }

    /** Returns whether somebody waits. */
    boolean isScarce() {
        return waiting.get() > 0;
    }

    /**
     * Waits for room.
     *
     * @throws ProblemException if there is none for a long time
     */
    void take(int count) throws ProblemException {
        try {
            // With a time, even none, it keeps to the order of those who wait.
            if (bytes.tryAcquire(count, 0, TimeUnit.SECONDS) || await(count)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(ProblemType.UNAVAILABLE,
                "The server takes in as much as it can; try again later");
    }

    void giveBack(int count) {
        bytes.release(count);
    }

    private boolean await(int count) throws InterruptedException {
        // Counted before the holders are asked: one that is just storing sees it when it is done.
        waiting.incrementAndGet();
        try {
            holders.forEach(Holder::letGo);
            return bytes.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }
}
