package org.tidebox.it.tests.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** One server with one account, and two devices that keep a folder the same through it: the scene of most tests here. */
public final class TwoDevices implements AutoCloseable {
    public static final String ACCOUNT = "ada";
    public static final String PASSWORD = "correct horse battery";
    public final Server server;
    public final Device laptop;
    public final Device desktop;

    private TwoDevices(Path parent, List<String> as) throws IOException {
        Files.createDirectories(parent);
        server = new Server(parent);
        laptop = new Device(parent, "laptop", as);
        desktop = new Device(parent, "desktop");
    }

    /** Starts everything, joined, with empty folders. */
    public static TwoDevices start(Path parent) throws IOException, InterruptedException {
        return start(parent, List.of());
    }

    /** Starts everything; the laptop's commands stand behind other words, which run them as somebody else. */
    public static TwoDevices start(Path parent, List<String> as) throws IOException, InterruptedException {
        TwoDevices scene = new TwoDevices(parent, as);
        try {
            scene.ensureRunning();
            scene.server.addAccount(ACCOUNT, PASSWORD);
            scene.laptop.joinAndAdd(scene.server.invite(ACCOUNT), "papers");
            scene.desktop.joinAndAdd(scene.server.invite(ACCOUNT), "papers");
            return scene;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            scene.close();
            throw e;
        }
    }

    /** Starts what is not running, all at once. */
    public void ensureRunning() throws IOException {
        CompletableFuture<?>[] starts = Stream.<Start>of(server::ensureRunning, laptop::ensureRunning,
                desktop::ensureRunning).map(start -> CompletableFuture.runAsync(() -> {
                    try {
                        start.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }, Products.THREADS)).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(starts).join();
        } catch (CompletionException e) {
            throw new IOException("not all processes got ready: " + e.getCause().getMessage(), e);
        }
    }

    /** Starts something. */
    private interface Start {
        void run() throws IOException;
    }

    /** Waits until both devices agree. */
    public void settle() throws IOException, InterruptedException {
        laptop.settle();
        desktop.settle();
        laptop.settle();
    }

    /** Waits, and asserts that both folders hold the same. */
    public void assertSame() throws IOException, InterruptedException {
        settle();
        Trees.assertSame(laptop.folder(), desktop.folder());
    }

    @Override
    public void close() throws InterruptedException {
        laptop.close();
        desktop.close();
        server.close();
    }
}
