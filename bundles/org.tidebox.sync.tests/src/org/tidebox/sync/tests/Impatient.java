package org.tidebox.sync.tests;

import java.time.Duration;
import org.tidebox.sync.folder.Threads;

/** Real threads, but where the engine waits long, a test does something in that time or none passes. */
public final class Impatient implements Threads {
    private static final Duration LONG = Duration.ofSeconds(1);

    private Action action;

    /** What happens while the engine waits. */
    public interface Action {
        void run() throws Exception;
    }

    public void whileWaiting(Action newAction) {
        action = newAction;
    }

    @Override
    public void start(String name, Runnable work) {
        REAL.start(name, work);
    }

    @Override
    public void await(Object monitor, Duration time) throws InterruptedException {
        if (time.compareTo(LONG) < 0) {
            REAL.await(monitor, time);
        } else if (action != null) {
            try {
                action.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
