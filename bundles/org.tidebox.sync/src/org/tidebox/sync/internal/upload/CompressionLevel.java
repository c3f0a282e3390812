package org.tidebox.sync.internal.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tidebox.delta.ChunkCodec;

/**
 * Chooses how hard to compress what is sent: where the link is so slow that the processor waits for it, a higher level
 * costs no time and saves some. Judged anew after every few MiB by how long compressing and sending took. Thread-safe.
 */
final class CompressionLevel {
    private static final int HIGHEST = 9;
    private static final int STEP = 3;
    private static final long JUDGED_AFTER = 4 << 20;
    /** A step up takes up to three times as long. */
    private static final int MUCH_LONGER = 4;

    private final InstantSource clock;
    private int level = ChunkCodec.LEVEL;
    private long bytes;
    private Duration compressing = Duration.ZERO;
    private Duration sending = Duration.ZERO;

    CompressionLevel(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the level that does well on most links, always. */
    static CompressionLevel constant() {
        return new CompressionLevel(InstantSource.fixed(Instant.EPOCH));
    }

    synchronized int get() {
        return level;
    }

    /** Begins to measure how long one stream of chunks takes. */
    Pace pace() {
        return new Pace();
    }

    private synchronized void took(int length, Duration compressed, Duration sent) {
        bytes += length;
        compressing = compressing.plus(compressed);
        sending = sending.plus(sent);
        if (bytes >= JUDGED_AFTER) {
            judge();
            bytes = 0;
            compressing = Duration.ZERO;
            sending = Duration.ZERO;
        }
    }

    private void judge() {
        if (sending.compareTo(compressing.multipliedBy(MUCH_LONGER)) > 0) {
            level = Math.min(level + STEP, HIGHEST);
        } else if (sending.compareTo(compressing) < 0) {
            level = Math.max(level - STEP, ChunkCodec.LEVEL);
        }
    }

    /** The times of one stream, of which a chunk is wanted whenever the one before has been sent. */
    final class Pace {
        private Instant handed = clock.instant();
        private Instant wanted = handed;

        /** The next chunk is wanted. */
        void wanted() {
            wanted = clock.instant();
        }

        /** The chunk that was wanted is ready. */
        void ready(int length) {
            Instant now = clock.instant();
            took(length, Duration.between(wanted, now), Duration.between(handed, wanted));
            handed = now;
        }
    }
}
