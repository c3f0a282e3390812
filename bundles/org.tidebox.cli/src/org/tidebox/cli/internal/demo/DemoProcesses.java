package org.tidebox.cli.internal.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Launcher;

/** The demo's processes: each is ended when the demo ends, however that comes. Thread-safe. */
final class DemoProcesses implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Deque<Process> running = new ArrayDeque<>();
    private boolean closed;

    /** Starts a process and returns what it said when it was ready. */
    String start(List<String> command) throws CommandFailure, InterruptedException {
        Launcher.Launched launched = new Launcher(START).start(command);
        Thread.ofPlatform().daemon().name("demo-output").start(() -> drain(launched.output()));
        synchronized (this) {
            running.push(launched.process());
            if (closed) {
                stopAll();
            }
        }
        return launched.readyLine();
    }

    /** Ends all processes, the last one first, and waits for them. */
    @Override
    public synchronized void close() {
        closed = true;
        stopAll();
    }

    private void stopAll() {
        running.forEach(Process::destroy);
        while (!running.isEmpty()) {
            Process process = running.pop();
            try {
                if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A process whose output nobody reads would stop when the pipe is full. */
    private static void drain(BufferedReader output) {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            System.getLogger(DemoProcesses.class.getName()).log(System.Logger.Level.DEBUG,
                    "The output of a process broke off", e);
        }
    }
}
