package org.tidebox.it.tests.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server product with a data folder. */
public final class Server implements AutoCloseable {
    private final Path data;
    private final Path errors;
    private int port;
    private Running running;

    public Server(Path folder) {
        this.data = folder.resolve("server-data");
        this.errors = folder.resolve("server.err");
    }

    /** Starts it on a free port, and from then on always on the same. */
    public Server start() throws IOException {
        running = Running.start(
                List.of(Products.server().toString(), "server", "run", "--data", data.toString(), "--host", "127.0.0.1",
                        "--port", Integer.toString(port)),
                Map.of(), errors);
        port = Integer.parseInt(url().replaceAll(".*:(\\d+).*", "$1"));
        return this;
    }

    /** Starts it if it is not running. */
    public void ensureRunning() throws IOException {
        if (running == null || !running.isAlive()) {
            start();
        }
    }

    public int port() {
        return port;
    }

    public Path data() {
        return data;
    }

    public Running running() {
        return running;
    }

    public String url() {
        return running.readyLine().split(" ")[1];
    }

    public String fingerprint() {
        return running.readyLine().replaceAll(".*fingerprint ", "").strip();
    }

    /** Runs an operator command. */
    public Products.Said say(String input, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("server"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Products.run(Products.server(), Map.of(), input, all);
    }

    /** Adds a person. */
    public void addAccount(String name, String password) throws IOException, InterruptedException {
        Products.Said said = say(password + "\n", "account", "add", name, "--password-stdin");
        assertThat(said.exit()).as(said.err()).isZero();
    }

    /** Returns a fresh join code. */
    public String invite(String name) throws IOException, InterruptedException {
        Products.Said said = say("", "invite", name);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out().lines().filter(line -> line.strip().startsWith("tidebox-join-")).findFirst().orElseThrow()
                .strip();
    }

    @Override
    public void close() throws InterruptedException {
        if (running != null) {
            running.close();
        }
    }
}
