package org.tidebox.sync.internal.upload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;

/**
 * Sends windows on threads of its own, two at a time. What names other chunks, lists and changes, waits until all
 * windows before are dealt with, so the server sees it in the order in which it was handed over; mere pieces of content
 * do not wait. Used by one thread.
 */
final class WindowSender implements AutoCloseable {
    private static final int MOST = 2;

    private final Work work;
    private final Remote remote;
    private final LibraryId library;
    private final Threads threads;
    private final RandomGenerator random;
    private final CompressionLevel compression;
    private final Deque<Flight> flights = new ArrayDeque<>();
    /** Lists of windows that had no changes. */
    private UploadWindow waiting;

    WindowSender(FolderRemote server, Work work) {
        this.work = work;
        this.remote = server.remote();
        this.library = server.library();
        this.threads = work.threads();
        this.random = work.random();
        this.compression = new CompressionLevel(work.clock());
        this.waiting = newWindow();
    }

    /** Makes a window to be filled. */
    UploadWindow newWindow() {
        return new UploadWindow(compression);
    }

    boolean isEmpty() {
        return flights.isEmpty();
    }

    boolean isFull() {
        return flights.size() >= MOST;
    }

    /** Takes a window; its pieces set out at once if earlier windows are on their way. There must be room. */
    void begin(UploadWindow window) {
        Flight flight = new Flight(window);
        if (!flights.isEmpty() && window.isWorthSendingAhead()) {
            flight.pieces = start(() -> {
                window.sendPieces(remote, library);
                return null;
            });
        }
        flights.add(flight);
    }

    /** Returns whether the next step of the oldest window needs no waiting. */
    boolean isReady() {
        Flight oldest = flights.peek();
        return oldest != null && (oldest.end != null
                ? oldest.end.isDone()
                : oldest.pieces == null || oldest.pieces.isDone());
    }

    /** Returns whether all of the oldest window has set out. */
    boolean isEnding() {
        return flights.element().end != null;
    }

    UploadWindow oldest() {
        return flights.element().window;
    }

    /** Returns the oldest window when the pieces that it sent ahead have come. */
    UploadWindow awaitPieces() throws RemoteException, InterruptedException {
        Flight oldest = flights.element();
        if (oldest.pieces != null) {
            get(oldest.pieces);
        }
        return oldest.window;
    }

    /**
     * Lets the rest of the oldest window set out, after {@link #awaitPieces}.
     *
     * @param confirmed whether a person has confirmed its deletions
     */
    void end(Mark seen, boolean confirmed) {
        Flight oldest = flights.element();
        UploadWindow window = oldest.window;
        window.precede(waiting);
        if (window.canWait()) {
            waiting = window;
            flights.remove();
        } else {
            waiting = newWindow();
            oldest.end = start(
                    () -> window.send(remote, library, random, seen, confirmed));
        }
    }

    /** Waits for the end of the oldest window and lets go of it; {@code null} if it had no changes. */
    CommitResult await() throws RemoteException, InterruptedException {
        CommitResult result = get(flights.element().end);
        flights.remove();
        return result;
    }

    /** Returns what was sent without an answer. */
    List<Node> unanswered() {
        return flights.isEmpty() || !isEnding()
                ? List.of()
                : flights.element().window.changes().stream().map(Change::node).toList();
    }

    /** Gives up on windows that are still on their way. */
    @Override
    public void close() {
        flights.forEach(Flight::cancel);
    }

    private <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        threads.start("tidebox-upload", task);
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws RemoteException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RemoteException remote -> throw remote;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** A window on its way. */
    private static final class Flight {
        private final UploadWindow window;
        private FutureTask<Void> pieces;
        private FutureTask<CommitResult> end;

        Flight(UploadWindow window) {
            this.window = window;
        }

        void cancel() {
            if (pieces != null) {
                pieces.cancel(true);
            }
            if (end != null) {
                end.cancel(true);
            }
        }
    }
}
