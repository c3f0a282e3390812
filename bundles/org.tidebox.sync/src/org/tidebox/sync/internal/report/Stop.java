package org.tidebox.sync.internal.report;

import java.time.Duration;
import org.tidebox.sync.folder.Threads;

/** Lets a run end early, at points where nothing is half done. Thread-safe. */
public final class Stop {
    private final Threads threads;
    private boolean requested;

    /** Waits by way of the given threads. */
    public Stop(Threads threads) {
        this.threads = threads;
    }

    /** Asks the run to end. */
    public synchronized void request() {
        requested = true;
        notifyAll();
    }

    /** Lets a short time pass, unless the run shall end; rarely a little less. */
    public synchronized void pause(Duration time) throws InterruptedException {
        if (!requested) {
            threads.await(this, time);
        }
    }

    /** Returns whether the run shall end. */
    public synchronized boolean isRequested() {
        return requested || Thread.currentThread().isInterrupted();
    }

    /** Does nothing, or throws if the run shall end. */
    public void check() throws InterruptedException {
        if (isRequested()) {
            throw new InterruptedException("the sync folder is being closed");
        }
    }
}
