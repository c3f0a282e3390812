package org.tidebox.sync.internal;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidebox.sync.RemoteException;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;

/** Sends one window at a time on a thread of its own. Used by one thread. */
final class WindowSender implements AutoCloseable {
    private final Context context;
    private FutureTask<CommitResult> task;
    private UploadWindow sent;

    WindowSender(Context context) {
        this.context = context;
    }

    /** Begins to send; the one before must have been awaited. */
    void send(UploadWindow window, Mark seen) {
        sent = window;
        task = new FutureTask<>(() -> window.send(context.remote(), context.library(), context.random(), seen));
        context.threads().start("tidebox-upload", task);
    }

    /** Returns the window that is on its way, or {@code null}. */
    UploadWindow sent() {
        return sent;
    }

    /** Waits for the answer to the window on its way; {@code null} if there is no window, or it had no changes. */
    CommitResult await() throws RemoteException, InterruptedException {
        if (task == null) {
            return null;
        }
        try {
            CommitResult result = task.get();
            task = null;
            sent = null;
            return result;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RemoteException remote -> throw remote;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Returns what was sent without an answer. */
    List<Node> unanswered() {
        return sent == null ? List.of() : sent.changes().stream().map(Change::node).toList();
    }

    /** Gives up on a window that is still on its way. */
    @Override
    public void close() {
        if (task != null) {
            task.cancel(true);
        }
    }
}
