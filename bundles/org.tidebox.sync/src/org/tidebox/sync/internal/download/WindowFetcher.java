package org.tidebox.sync.internal.download;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.report.Work;

/**
 * Fetches a few windows at a time, each on a thread of its own: while one waits for its answer, others are verified and
 * written. Used by one thread.
 */
final class WindowFetcher implements AutoCloseable {
    /** With these, one can be on its way on the network while two cores work on what came. */
    private static final int AT_ONCE = 3;

    private final Threads threads;
    private final Deque<Fetch> fetches = new ArrayDeque<>();

    WindowFetcher(Work work) {
        this.threads = work.threads();
    }

    /**
     * Begins to fetch a window; waits before that while too many are on their way.
     *
     * @throws RemoteException if the server failed meanwhile
     */
    Fetch fetch(DownloadWindow window) throws RemoteException, InterruptedException {
        while (fetches.size() >= AT_ONCE) {
            fetches.remove().await();
        }
        Fetch fetch = new Fetch(new FutureTask<>(window));
        fetches.add(fetch);
        threads.start("tidebox-download", fetch);
        return fetch;
    }

    /** Gives up what is still on its way, and returns when nothing of it writes any more. */
    @Override
    public void close() {
        fetches.forEach(Fetch::cancel);
        boolean interrupted = false;
        while (!fetches.isEmpty()) {
            try {
                fetches.peek().ended.await();
                fetches.remove();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A window on its way. */
    static final class Fetch implements Runnable {
        private final FutureTask<Void> task;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Fetch(FutureTask<Void> task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                ended.countDown();
            }
        }

        /**
         * Waits until all that came is written.
         *
         * @return why the server refused some of it; {@code null} if it did not
         * @throws RemoteException if the server failed otherwise
         */
        RemoteException await() throws RemoteException, InterruptedException {
            ended.await();
            try {
                task.get();
                return null;
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RemoteException refusal when refusal.getReason() == RemoteException.Reason.REFUSED -> {
                        return refusal;
                    }
                    case RemoteException failure -> throw failure;
                    case InterruptedException end -> throw end;
                    case RuntimeException bug -> throw bug;
                    case Error error -> throw error;
                    default -> throw new IllegalStateException(e.getCause());
                }
            }
        }

        /** Running into the interrupt is its only way out while it waits for the server. */
        private void cancel() {
            task.cancel(true);
        }
    }
}
