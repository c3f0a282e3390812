package org.tidebox.it.tests.scene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The built products on this machine, and how to run their commands. */
public final class Products {
    /** A thread for each task: who waits for a process must not hold up another test's. */
    public static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);
    private static final int TIMEOUT_MINUTES = 15;

    private Products() {
    }

    /** Returns the start script of the client product. */
    public static Path client() {
        return script("tidebox.client.product");
    }

    /** Returns the start script of the server product. */
    public static Path server() {
        return script("tidebox.server.product");
    }

    private static Path script(String property) {
        String folder = System.getProperty(property);
        if (folder == null) {
            throw new IllegalStateException("the build must name the built product with -D" + property);
        }
        return Path.of(folder, "tidebox");
    }

    /**
     * What a command said.
     *
     * @param exit its exit code
     * @param out its standard output
     * @param err its standard error
     */
    public record Said(int exit, String out, String err) {
    }

    /** Runs a command of a product to its end. */
    public static Said run(Path script, Map<String, String> environment, String input, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(arguments);
        return run(environment, input, command);
    }

    /** Runs a command to its end. */
    public static Said run(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Path out = Files.createTempFile("tidebox-it", ".out");
        Process process = builder.redirectOutput(out.toFile()).start();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> readAll(process), THREADS);
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within " + TIMEOUT_MINUTES + " minutes");
        }
        Said said = new Said(process.exitValue(), Files.readString(out), err.join());
        Files.delete(out);
        return said;
    }

    private static String readAll(Process process) {
        try (var reader = process.errorReader()) {
            return String.join("\n", reader.lines().toList());
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }
}
