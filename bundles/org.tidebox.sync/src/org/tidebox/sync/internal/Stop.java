package org.tidebox.sync.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets a run end early, at points where nothing is half done. Thread-safe. */
public final class Stop {
    private boolean requested;

    /** Asks the run to end. */
    public synchronized void request() {
        requested = true;
        notifyAll();
    }

    /** Lets a short time pass, unless the run shall end. */
    public synchronized void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !requested; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
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
