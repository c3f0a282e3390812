package org.tidebox.cli.internal.shell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.tidebox.control.ControlConnection;

/**
 * The use of a process for one command. When it is over and the process was started for it, the process is waited for: it lets go of the folder, and
 * whoever starts one right after the command finds the folder free.
 */
public final class Visit<T> implements AutoCloseable {
    /** Longer than the end takes; another command may have begun to use the same process, and then it lives on. */
    private static final Duration END = Duration.ofSeconds(5);

    private final ControlConnection connection;
    private final T api;
    private final Process started;

    /**
     * Begins.
     *
     * @param api what the process serves
     * @param started the process if it was started for this, else {@code null}
     */
    Visit(ControlConnection connection, Class<T> api, Process started) {
        this.connection = connection;
        this.api = connection.api(api);
        this.started = started;
    }

    /** Returns what the process serves. */
    public T api() {
        return api;
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
        if (started != null) {
            started.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
