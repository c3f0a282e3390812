package org.tidebox.it.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One server with one account, and two devices that keep a folder the same through it: the scene of most tests here. */
final class TwoDevices implements AutoCloseable {
    static final String ACCOUNT = "ada";
    static final String PASSWORD = "correct horse battery";
    final Server server;
    final Device laptop;
    final Device desktop;

    private TwoDevices(Path parent) throws IOException {
        Files.createDirectories(parent);
        server = new Server(parent);
        laptop = new Device(parent, "laptop");
        desktop = new Device(parent, "desktop");
    }

    /** Starts everything, joined, with empty folders. */
    static TwoDevices start(Path parent) throws IOException, InterruptedException {
        TwoDevices scene = new TwoDevices(parent);
        try {
            scene.server.start();
            scene.server.addAccount(ACCOUNT, PASSWORD);
            scene.laptop.start().joinAndAdd(scene.server.invite(ACCOUNT), "papers");
            scene.desktop.start().joinAndAdd(scene.server.invite(ACCOUNT), "papers");
            return scene;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            scene.close();
            throw e;
        }
    }

    /** Waits until both devices agree. */
    void settle() throws IOException, InterruptedException {
        laptop.settle();
        desktop.settle();
        laptop.settle();
    }

    /** Waits, and asserts that both folders hold the same. */
    void assertSame() throws IOException, InterruptedException {
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
