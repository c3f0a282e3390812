package org.tidebox.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Gathers raw events until it has been quiet for a while, so that a burst becomes few batches and a lonely event still
 * gets through soon.
 *
 * <p>The quiet time is 50 ms at first. An event that follows a batch within the quiet time belongs to the same burst
 * and doubles it, up to 500 ms; a later one resets it. No event waits longer than four quiet times, so at most 2 s; but
 * what left its place a moment ago waits for the next batch, since the word on where it went may just be coming. It has
 * no timer: its owner asks when the next batch is due. Not thread-safe.
 */
public final class QuietTime {
    /** How long a lonely event waits. */
    public static final Duration LEAST = Duration.ofMillis(50);
    /** The longest an event waits, however many follow it. */
    public static final Duration MOST = Duration.ofSeconds(2);

    private static final int PATIENCE = 4;
    /** Systems tell of a move by two events, one right after the other. */
    private static final long MOVE = Duration.ofMillis(10).toNanos();

    private final LongSupplier nanoTime;
    private final SequencedMap<Path, Long> lately = new LinkedHashMap<>();
    private EntryChanges changes = new EntryChanges();
    private Set<Path> doubts = new HashSet<>();
    private long quiet = LEAST.toNanos();
    private long first;
    private long last;
    private long delivered;
    private boolean deliveredBefore;

    /**
     * Makes one without events.
     *
     * @param nanoTime the time in nanoseconds since whenever, such as {@link System#nanoTime()}
     */
    public QuietTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An entry was made, or has another content or other attributes. */
    public void there(Path entry) {
        touch();
        changes.there(entry);
    }

    /** An entry left its place. */
    public void gone(Path entry) {
        touch();
        changes.gone(entry);
        lately.putLast(entry, last);
        while (last - lately.firstEntry().getValue() >= MOVE) {
            lately.pollFirstEntry();
        }
    }

    /** Any entry of a folder may have changed. */
    public void changedIn(Path folder) {
        touch();
        changes.folder(folder);
    }

    /** Anything may have changed in this folder and below it. */
    public void doubt(Path subtree) {
        touch();
        doubts.add(subtree);
    }

    /**
     * Returns how many nanoseconds are left until {@link #takeDue} has something; {@code Long.MAX_VALUE} while nothing
     * waits.
     */
    public long nanosUntilDue() {
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        long now = nanoTime.getAsLong();
        return Math.max(0, Math.min(last + quiet - now, first + PATIENCE * quiet - now));
    }

    /** Takes what waits, if the time has come for it. */
    public Optional<Batch> takeDue() {
        if (nanosUntilDue() > 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        EntryChanges next = new EntryChanges();
        lately.forEach((entry, when) -> {
            if (now - when < MOVE && changes.takeGone(entry)) {
                next.gone(entry);
            }
        });
        Batch batch = takeAll();
        if (!next.isEmpty()) {
            begin(now);
            changes = next;
        }
        return Optional.of(batch);
    }

    /** Takes all that waits, at once; possibly nothing. */
    public Batch takeAll() {
        Batch batch = Batch.of(changes, doubts);
        changes = new EntryChanges();
        doubts = new HashSet<>();
        delivered = nanoTime.getAsLong();
        deliveredBefore = true;
        return batch;
    }

    private boolean isEmpty() {
        return changes.isEmpty() && doubts.isEmpty();
    }

    private void touch() {
        long now = nanoTime.getAsLong();
        if (isEmpty()) {
            begin(now);
        }
        last = now;
    }

    private void begin(long now) {
        first = now;
        boolean sameBurst = deliveredBefore && now - delivered < quiet;
        quiet = sameBurst ? Math.min(2 * quiet, MOST.toNanos() / PATIENCE) : LEAST.toNanos();
    }
}
