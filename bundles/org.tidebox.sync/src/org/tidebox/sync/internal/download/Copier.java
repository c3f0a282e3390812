package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;

/**
 * Copies what a new content shares with the old one, on several threads: each reads, verifies and writes one piece
 * after the other. Where the list of a stretch is not known, all of the stretch is verified before any of it is
 * written. Filled by one thread.
 */
final class Copier implements AutoCloseable {
    private static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
    private static final int MOST_WAITING = 256;

    private final KnownLeaves leaves;
    private final Progress progress;
    private final Stop stop;
    private final Threads threads;
    private final Incoming file;
    private final OldContent old;
    private final Deque<Copy> waiting = new ArrayDeque<>();
    private Missing missing = new Missing(new ArrayList<>(), new ArrayList<>());
    /** Workers that take what is added. */
    private int taking;
    /** Workers that may still write. */
    private int writing;
    private boolean isGivenUp;
    private Throwable bug;

    /** Begins with a file that is being put together, and its old version. */
    Copier(KnownLeaves leaves, Work work, Incoming file, OldContent old) {
        this.leaves = leaves;
        this.progress = work.progress();
        this.stop = work.stop();
        this.threads = work.threads();
        this.file = file;
        this.old = old;
    }

    /** What turned out to be something else, in its places in the new content: stretches, with their lists, and pieces. */
    record Missing(List<Placed> lists, List<Placed> pieces) {
        boolean isEmpty() {
            return lists.isEmpty() && pieces.isEmpty();
        }
    }

    private record Copy(Placed from, Placed to, boolean isList) {
    }

    /** Copies a piece that lies in the old content as {@link OldContent#piece} says. */
    void piece(Placed from, Placed to) throws InterruptedException {
        add(new Copy(from, to, false));
    }

    /** Copies a stretch that lies in the old content as {@link OldContent#stretch} says. */
    void stretch(Placed from, Placed to) throws InterruptedException {
        add(new Copy(from, to, true));
    }

    private synchronized void add(Copy copy) throws InterruptedException {
        while (waiting.size() >= MOST_WAITING && bug == null) {
            wait();
        }
        waiting.add(copy);
        if (taking < WORKERS) {
            threads.start("tidebox-copy", new Worker());
            taking++;
            writing++;
        }
    }

    /** Waits until all is copied that was there, and returns what was not. */
    synchronized Missing await() throws InterruptedException {
        while (writing > 0) {
            wait();
        }
        if (bug != null) {
            throw new IllegalStateException("copying within " + file.temporary() + " failed", bug);
        }
        Missing last = missing;
        missing = new Missing(new ArrayList<>(), new ArrayList<>());
        return last;
    }

    /** Gives up on what waits, and returns when nothing is written any more. */
    @Override
    public synchronized void close() {
        isGivenUp = true;
        boolean interrupted = false;
        while (writing > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what to copy next; {@code null} if nothing is left, so that the worker has to end. */
    private synchronized Copy next() {
        if (isGivenUp || bug != null || stop.isRequested()) {
            waiting.clear();
        }
        Copy next = waiting.poll();
        taking -= next == null ? 1 : 0;
        notifyAll();
        return next;
    }

    private synchronized void missing(Copy copy) {
        (copy.isList ? missing.lists : missing.pieces).add(copy.to);
    }

    private synchronized void broke(Throwable e) {
        bug = e;
    }

    private synchronized void ended() {
        writing--;
        notifyAll();
    }

    private final class Worker implements Runnable {
        private final PieceWriter writer = new PieceWriter(progress);
        private ByteBuffer room = ByteBuffer.allocate(0);

        @Override
        public void run() {
            try (writer) {
                for (Copy copy = next(); copy != null; copy = next()) {
                    copy(copy);
                }
            } catch (RuntimeException | Error e) {
                broke(e);
            } finally {
                ended();
            }
        }

        private void copy(Copy copy) {
            Optional<List<Placed>> pieces = copy.isList ? leaves.pieces(copy.from) : Optional.empty();
            if (pieces.isEmpty()) {
                copyAtOnce(copy);
                return;
            }
            long way = copy.to.offset() - copy.from.offset();
            for (Placed piece : pieces.get()) {
                copyAtOnce(new Copy(piece, new Placed(piece.id(), piece.offset() + way, piece.length()), false));
            }
        }

        private void copyAtOnce(Copy copy) {
            if (read(copy)) {
                writer.write(file, copy.to.offset(), room);
            } else {
                missing(copy);
            }
        }

        /** What cannot be read here comes from the server. */
        private boolean read(Copy copy) {
            int length = (int) copy.from.length();
            if (room.capacity() < length) {
                room = ByteBuffer.allocate(length);
            }
            room.clear().limit(length);
            try {
                return copy.isList ? old.readStretch(copy.from, room) : old.read(copy.from, room);
            } catch (IOException e) {
                return false;
            }
        }
    }
}
