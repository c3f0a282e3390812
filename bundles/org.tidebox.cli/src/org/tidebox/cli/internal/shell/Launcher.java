package org.tidebox.cli.internal.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a process of the product and waits until it says that it is ready. */
public final class Launcher {
    private static final String READY = "ready";
    private static final String TAKEN = "taken";

    private final Duration patience;

    /** Makes one that waits so long at most. */
    public Launcher(Duration patience) {
        this.patience = patience;
    }

    /**
     * A process that works.
     *
     * @param process it
     * @param readyLine what it said, beginning with {@code ready}
     * @param output what it says from now on
     */
    public record Launched(Process process, String readyLine, BufferedReader output) {
    }

    /**
     * Starts a process.
     *
     * @throws TakenFailure if another process has what it needs
     * @throws CommandFailure if it ended or did not get ready in time; the message is the last that it said
     */
    public Launched start(List<String> command) throws CommandFailure, InterruptedException {
        Process process = spawn(command);
        BufferedReader output = process.inputReader();
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> readUntilReady(output, line));
        try {
            return new Launched(process, line.get(patience.toMillis(), TimeUnit.MILLISECONDS), output);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TakenFailure taken
                    ? taken
                    : new CommandFailure(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            process.destroy();
            throw new CommandFailure(
                    "'" + command.get(0) + "' was not ready after " + patience.toSeconds() + " s; try again", e);
        }
    }

    private static Process spawn(List<String> command) throws CommandFailure {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.outputWriter().close();
            return process;
        } catch (IOException e) {
            throw new CommandFailure("'" + command.get(0) + "' could not be started: " + e.getMessage(), e);
        }
    }

    private static void readUntilReady(BufferedReader output, CompletableFuture<String> result) {
        String last = "it ended without a word";
        boolean taken = false;
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    result.complete(line);
                    return;
                }
                taken |= line.equals(TAKEN);
                last = line.isBlank() || isForPeople(last) && !isForPeople(line) ? last : line;
            }
            String reason = last.replaceFirst("^tidebox( server)?: ", "");
            result.completeExceptionally(taken ? new TakenFailure(reason) : new CommandFailure(reason));
        } catch (IOException e) {
            result.completeExceptionally(new CommandFailure("Its output broke off: " + e.getMessage(), e));
        }
    }

    /** What the products tell their user begins with their name; the rest may be the log's. */
    private static boolean isForPeople(String line) {
        return line.startsWith("tidebox");
    }
}
