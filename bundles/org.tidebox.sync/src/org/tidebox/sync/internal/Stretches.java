package org.tidebox.sync.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidebox.sync.Threads;

/**
 * Reads and verifies long stretches of an old content on several threads, a few ahead of who takes them in order. Used
 * by one thread.
 */
final class Stretches implements AutoCloseable {
    private static final int MOST_AHEAD = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final long MOST_BYTES_AHEAD = 48 << 20;

    private final Threads threads;
    private final OldContent old;
    private final Iterator<Placed> left;
    private final Deque<Task> ahead = new ArrayDeque<>();
    private final Deque<byte[]> rooms = new ArrayDeque<>();
    private Placed next;
    private long bytesAhead;

    /** Begins with stretches as {@link OldContent#stretch} gives them. */
    Stretches(Threads threads, OldContent old, List<Placed> stretches) {
        this.threads = threads;
        this.old = old;
        this.left = stretches.iterator();
        this.next = left.hasNext() ? left.next() : null;
    }

    /** Takes the bytes of a stretch, which may be used during the call only. */
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes) throws IOException;
    }

    /**
     * Waits for the next stretch.
     *
     * @return whether it was what it should be, and was taken
     */
    boolean next(Taker taker) throws IOException, InterruptedException {
        begin();
        Task task = ahead.remove();
        bytesAhead -= task.stretch.length();
        boolean isRight = task.get();
        begin();
        if (isRight) {
            taker.take(task.room);
        }
        rooms.add(task.room);
        return isRight;
    }

    private void begin() {
        while (next != null && ahead.size() < MOST_AHEAD
                && (ahead.isEmpty() || bytesAhead + next.length() <= MOST_BYTES_AHEAD)) {
            Task task = new Task(next, room((int) next.length()));
            bytesAhead += next.length();
            ahead.add(task);
            threads.start("tidebox-copy", task.work);
            next = left.hasNext() ? left.next() : null;
        }
    }

    private byte[] room(int length) {
        byte[] idle = rooms.poll();
        return idle != null && idle.length >= length ? idle : new byte[length];
    }

    /** Gives up on what nobody took. */
    @Override
    public void close() {
        for (Task task : ahead) {
            task.work.cancel(false);
        }
    }

    private final class Task {
        private final Placed stretch;
        private final byte[] room;
        private final FutureTask<Boolean> work;

        Task(Placed stretch, byte[] room) {
            this.stretch = stretch;
            this.room = room;
            this.work = new FutureTask<>(() -> old.read(stretch, room));
        }

        boolean get() throws IOException, InterruptedException {
            try {
                return work.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException io -> throw io;
                    case RuntimeException bug -> throw bug;
                    case Error error -> throw error;
                    default -> throw new IllegalStateException(e.getCause());
                }
            }
        }
    }
}
