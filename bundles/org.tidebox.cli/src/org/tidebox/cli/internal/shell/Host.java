package org.tidebox.cli.internal.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;

/**
 * A process that serves an interface for a folder: the agent for a home, the server for its data.
 *
 * @param folder whose process is meant
 * @param api what it serves
 */
public record Host<T>(Path folder, Class<T> api) {
    /** A start takes a second or two; a machine that is busy with other things gets more. */
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration OTHERS_START = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;

    /** How to start a process where none runs. */
    @FunctionalInterface
    public interface StartCommand {
        /** Returns the command line. */
        List<String> words() throws CommandFailure;
    }

    /**
     * Connects to the process that runs.
     *
     * @throws ControlException if none runs ({@link ControlException#isNotRunning()}), or it cannot be reached
     */
    public ControlConnection connect() throws ControlException, CommandFailure {
        try {
            return ControlClient.connectTo(folder);
        } catch (IOException e) {
            throw new CommandFailure("The control socket for " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Connects to the process that runs; where none does, starts one and connects to that. Another command may do the same at this moment, or
     * the process that ran may just be ending: then the folder is in use by one that cannot be reached yet, or any more, and all begins anew.
     */
    public Visit<T> connectOrStart(StartCommand command) throws CommandFailure, InterruptedException {
        CommandFailure failure = null;
        Process started = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new Visit<>(connect(), api, started);
            } catch (ControlException e) {
                requireNotRunning(e);
            }
            try {
                started = new Launcher(START).start(command.words()).process();
            } catch (TakenFailure e) {
                failure = e;
                awaitReachable();
            }
        }
        throw failure == null
                ? new CommandFailure(
                        "The process for " + folder + " ends as soon as it was started; its log may say why")
                : failure;
    }

    /** Connects to a process that was started just now; its control socket may come a moment after its other duties. */
    public ControlConnection connectSoon() throws ControlException, CommandFailure, InterruptedException {
        awaitReachable();
        return connect();
    }

    private static void requireNotRunning(ControlException e) throws CommandFailure {
        if (!e.isNotRunning()) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void awaitReachable() throws InterruptedException {
        try (Until until = new Until()) {
            until.holds("The other process' being ready", OTHERS_START, this::isReachable);
        } catch (CommandFailure e) {
            // It was not about to start, but to end; connecting tells.
            return;
        }
    }

    private boolean isReachable() throws CommandFailure {
        try {
            connect().close();
            return true;
        } catch (ControlException e) {
            return false;
        }
    }
}
