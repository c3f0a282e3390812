package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.TwoDevices;

/** The command line follows what happens, and goes on when the agent that it talks to ends. */
@Tag("P5")
class FollowIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir
    static Path temp;
    private static TwoDevices scene;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    void activityIsFollowedAndSurvivesARestart() throws Exception {
        scene.settle();
        try (Command follow = Command.of(scene.desktop, "activity", "--follow", "--json")) {
            Files.writeString(scene.laptop.folder().resolve("letter"), "dear");
            await().atMost(LONG).until(() -> follow.lines().stream().anyMatch(line -> line.contains("\"letter\"")));
            JsonNode entry = JSON.readTree(
                    follow.lines().stream().filter(line -> line.contains("\"letter\"")).findFirst().orElseThrow());
            assertThat(entry.get("action").asText()).isEqualTo("ADDED");
            assertThat(entry.get("upload").asBoolean()).isFalse();
            assertThat(entry.get("bytes").asLong()).isEqualTo(4);
        }
        assertThat(scene.laptop.ok("activity")).containsPattern("up +added +4 B +.*letter");
        scene.laptop.running().stop();
        assertThat(scene.laptop.ok("activity")).containsPattern("up +added +4 B +.*letter");
        scene.laptop.start();
    }

    @Test
    void statusIsWatched() throws Exception {
        scene.settle();
        try (Command watch = Command.of(scene.laptop, "status", "--watch", "--json")) {
            await().atMost(LONG).until(() -> !watch.lines().isEmpty());
            scene.laptop.ok("folder", "pause", scene.laptop.folder().toString());
            await().atMost(LONG).until(() -> activity(watch).equals("PAUSED"));
            scene.laptop.ok("folder", "resume", scene.laptop.folder().toString());
            await().atMost(LONG).until(() -> activity(watch).equals("UP_TO_DATE"));
        }
    }

    @Test
    void aWaitGoesOnWhenTheAgentEnds() throws Exception {
        scene.settle();
        scene.server.running().stop();
        Files.writeString(scene.laptop.folder().resolve("late"), "news");
        try (Command wait = Command.of(scene.laptop, "wait", "--timeout", "120")) {
            await().atMost(LONG).until(() -> scene.laptop.ok("status").contains("waiting for the server"));
            scene.laptop.running().stop();
            assertThat(wait.process.isAlive()).isTrue();
            scene.server.start();
            assertThat(wait.process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(wait.process.exitValue()).as("%s", wait.lines()).isZero();
        } finally {
            scene.laptop.start();
        }
        scene.settle();
        assertThat(scene.desktop.folder().resolve("late")).hasContent("news");
    }

    private static String activity(Command watch) throws IOException {
        List<String> lines = watch.lines();
        return JSON.readTree(lines.getLast()).at("/status/folders/0/activity").asText();
    }

    /** A command that runs on, and what it has printed. */
    private record Command(Process process, Path out) implements AutoCloseable {
        static Command of(Device device, String... arguments) throws IOException {
            List<String> words = new ArrayList<>(
                    List.of(Products.client().toString(), "--home", device.home().toString()));
            words.addAll(List.of(arguments));
            Path out = Files.createTempFile(temp, "command", ".out");
            return new Command(
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start(), out);
        }

        /** Returns the lines that are whole. */
        List<String> lines() throws IOException {
            String text = Files.readString(out);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
