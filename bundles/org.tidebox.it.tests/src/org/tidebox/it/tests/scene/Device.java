package org.tidebox.it.tests.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client product with a home and one folder. */
public final class Device implements AutoCloseable {
    private final String name;
    private final Path home;
    private final Path folder;
    private final Path errors;
    private final List<String> as;
    private Running running;

    public Device(Path parent, String name) throws IOException {
        this(parent, name, List.of());
    }

    /** Makes one whose commands stand behind other words, which run them as somebody else for instance. */
    public Device(Path parent, String name, List<String> as) throws IOException {
        this.as = as;
        this.name = name;
        this.home = parent.resolve(name + "-home");
        this.folder = Files.createDirectories(parent.resolve(name));
        this.errors = parent.resolve(name + ".err");
    }

    public Path folder() {
        return folder;
    }

    public Path home() {
        return home;
    }

    public Running running() {
        return running;
    }

    /** Starts the agent. */
    public Device start() throws IOException {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(Products.client().toString(), "--home", home.toString(), "agent"));
        running = Running.start(command, Map.of(), errors);
        return this;
    }

    /** Joins with a code from the server, and keeps the folder the same as the library. */
    public Device joinAndAdd(String code, String library) throws IOException, InterruptedException {
        if (isRunning()) {
            Control.ask(home, "agent.join", code, name);
            Control.ask(home, "agent.addFolder", folder.toString(), library, false);
        } else {
            ok("join", code, "--device", name);
            ok("folder", "add", folder.toString(), "--library", library);
        }
        return this;
    }

    /** From now on it reaches the server by another way. */
    public void reachThrough(FlakyNetwork network, Server server) throws IOException, InterruptedException {
        ok("logout");
        Products.Said said = say(TwoDevices.PASSWORD + "\n", "login", network.url(), "--account", TwoDevices.ACCOUNT,
                "--password-stdin", "--fingerprint", server.fingerprint(), "--device", name);
        assertThat(said.exit()).as(said.err()).isZero();
    }

    public boolean isRunning() {
        return running != null && running.isAlive();
    }

    /** Starts the agent if it is not running. */
    public void ensureRunning() throws IOException {
        if (!isRunning()) {
            start();
        }
    }

    /** Runs a command against this home. */
    public Products.Said say(String input, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(as);
        all.addAll(List.of(Products.client().toString(), "--home", home.toString()));
        all.addAll(List.of(arguments));
        return Products.run(Map.of(), input, all);
    }

    /** Runs a command that must succeed, and returns its output. */
    public String ok(String... arguments) throws IOException, InterruptedException {
        Products.Said said = say("", arguments);
        assertThat(said.exit()).as(String.join(" ", arguments) + ": " + said.err() + said.out()).isZero();
        return said.out();
    }

    /** Runs a command that must fail with one clear line, and returns that line. */
    public String fails(String... arguments) throws IOException, InterruptedException {
        Products.Said said = say("", arguments);
        assertThat(said.exit()).as(String.join(" ", arguments) + ": " + said.out()).isEqualTo(1);
        assertThat(said.err().strip().lines()).as(said.err()).hasSize(1);
        assertThat(said.err()).doesNotContain("Exception").doesNotContain("\tat ");
        return said.err().strip();
    }

    /** Waits until this device has sent and fetched everything. */
    public void settle() throws IOException, InterruptedException {
        if (isRunning()) {
            assertThat(isSettledWithin(240)).as(() -> name + ": " + status()).isTrue();
        } else {
            ok("wait", "--timeout", "240");
        }
    }

    /** Waits so long; returns whether everything was sent and fetched then, with the agent running. */
    public boolean isSettledWithin(int seconds) throws IOException {
        return Control.ask(home, "agent.waitUntilSynced", seconds * 1000L).asBoolean();
    }

    private String status() {
        try {
            return Control.ask(home, "agent.status").toPrettyString();
        } catch (IOException e) {
            return "no status: " + e.getMessage();
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (running != null) {
            running.close();
        }
    }
}
