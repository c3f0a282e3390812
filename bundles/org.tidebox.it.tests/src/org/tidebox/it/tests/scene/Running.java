package org.tidebox.it.tests.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A product process that says on its standard output that it is ready. */
public final class Running implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    /** Ten are promised; a machine that is busy testing may be slow. */
    private static final long SOON_SECONDS = 20;
    private static final int EXIT_SIGTERM = 128 + 15;
    private final Process process;
    private final Path errors;
    private final String readyLine;

    private Running(Process process, Path errors, String readyLine) {
        this.process = process;
        this.errors = errors;
        this.readyLine = readyLine;
    }

    /** Starts a command and waits for its line that begins with {@code ready}. */
    public static Running start(List<String> command, Map<String, String> environment, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> readLines(process, ready));
        try {
            return new Running(process, errors, ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (Exception e) {
            process.destroyForcibly();
            throw new IOException(command + " did not get ready; its errors: " + Files.readString(errors), e);
        }
    }

    private static void readLines(Process process, CompletableFuture<String> ready) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ready")) {
                    ready.complete(line);
                }
            }
            ready.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    public String readyLine() {
        return readyLine;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Returns the largest resident memory so far in MiB, as Linux accounts it. */
    public long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    /** Ends it as an operator would; it must end by itself, with the exit code that belongs to the signal. */
    public void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ends on SIGTERM").isTrue();
        assertThat(process.exitValue()).isEqualTo(EXIT_SIGTERM);
    }

    /** Ends it as an operator would while something hangs: it is over soon all the same. */
    public void stopSoon() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(SOON_SECONDS, TimeUnit.SECONDS)).as("ends soon on SIGTERM").isTrue();
    }

    /** Lets it stand still as if its machine did, or go on. */
    public void freeze(boolean yes) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", yes ? "-STOP" : "-CONT", Long.toString(pid())).start().waitFor())
                .isZero();
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns what it wrote to standard error. */
    public String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
