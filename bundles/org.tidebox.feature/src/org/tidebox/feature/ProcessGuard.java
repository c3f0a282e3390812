package org.tidebox.feature;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the process of a product promises: no thread ends by an error without a word in the log, and once the process has
 * begun to end it is over soon, whatever hangs. It is cut off then as by {@code kill -9}, after which the next start mends
 * what was half done.
 */
public final class ProcessGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGuard.class);
    /** As a shell tells of a process that SIGTERM has ended, which it mostly is. */
    private static final int CUT_OFF = 128 + 15;
    private static final Duration FOR_THE_LOG = Duration.ofMillis(300);
    private static final AtomicReference<String> NOTICE = new AtomicReference<>();

    private ProcessGuard() {
    }

    /**
     * Begins to guard this process.
     *
     * @param longest how long it may take to end
     */
    public static void install(Duration longest) {
        Thread.setDefaultUncaughtExceptionHandler(ProcessGuard::ended);
        CountDownLatch ending = new CountDownLatch(1);
        // Begun now: once memory is gone no thread may begin any more.
        Thread.ofPlatform().daemon().name("tidebox-end").start(() -> cutOff(ending, longest));
        Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown, "tidebox-ending"));
    }

    /** Returns what a person should know about threads that have ended by an error; empty if none has. */
    public static Optional<String> notice() {
        return Optional.ofNullable(NOTICE.get());
    }

    private static void ended(Thread thread, Throwable error) {
        NOTICE.set("The thread '" + thread.getName() + "' ended by an error (" + error
                + "); the log tells more. If something does not go on, start this program again");
        LOG.error("The thread '{}' ended by an error", thread.getName(), error);
    }

    private static void cutOff(CountDownLatch ending, Duration longest) {
        try {
            ending.await();
            // The process ends meanwhile, or is cut off.
            new CountDownLatch(1).await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell(longest);
        Runtime.getRuntime().halt(CUT_OFF);
    }

    /** What hangs may be the disk of the log. */
    private static void tell(Duration longest) {
        try {
            Thread.ofPlatform().daemon()
                    .start(() -> LOG.warn("Did not end within {} s, so it is cut off; nothing is lost,"
                            + " the next start goes on", longest.toSeconds()))
                    .join(FOR_THE_LOG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            // No memory for a thread is no reason to stay.
            return;
        }
    }
}
