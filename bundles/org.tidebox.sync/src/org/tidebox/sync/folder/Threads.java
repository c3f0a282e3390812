package org.tidebox.sync.folder;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/** How the engine does something beside its main work, and how it waits. A simulation puts its own in place of it. */
@ConsumerType
public interface Threads {
    /** Real threads and real time. */
    Threads REAL = new Threads() {
        @Override
        public void start(String name, Runnable work) {
            Thread.ofVirtual().name(name).start(work);
        }

        @Override
        public void await(Object monitor, Duration time) throws InterruptedException {
            monitor.wait(time.toMillis());
        }
    };

    /** Begins some work that nobody needs to wait for; where it runs is not said, so it may be over on return. */
    void start(String name, Runnable work);

    /** Waits until a monitor, which the caller holds, is notified, or a time (1 ms at least) is over. */
    void await(Object monitor, Duration time) throws InterruptedException;
}
