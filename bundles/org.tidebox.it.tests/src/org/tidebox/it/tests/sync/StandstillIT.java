package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Running;
import org.tidebox.it.tests.scene.TwoDevices;

/** What could hold a folder up for ever is told and holds nothing up, and whatever hangs, a stop ends the process. */
@Tag("C1")
class StandstillIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    @TempDir
    static Path temp;
    private static TwoDevices scene;
    private static Path folder;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
        folder = scene.laptop.folder();
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    void anOddIgnoreFileIsToldAndHoldsNothingUp() throws Exception {
        Path file = folder.resolve(".tidebox-ignore");
        Path pipe = temp.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        int count = 0;
        for (Path target : List.of(Path.of("/dev/zero"), pipe, file, Path.of("/"))) {
            Files.createSymbolicLink(file, target);
            assertTold(count++);
            Files.delete(file);
        }
        Files.createDirectory(file);
        assertTold(count++);
        Files.delete(file);
        Files.move(pipe, file);
        assertTold(count);
        Files.delete(file);
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(problems()).isEmpty());
        scene.assertSame();
    }

    /** The problem of the ignore file is shown, and a new file goes its way. */
    private static void assertTold(int count) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(problems()).containsExactly(".tidebox-ignore"));
        write("new" + count);
        awaitOnDesktop("new" + count);
    }

    @Test
    void aPatternThatWouldNeverEndHoldsNothingUp() throws Exception {
        Files.writeString(scene.desktop.folder().resolve("a".repeat(200)), "many");
        Files.createDirectories(folder.resolve("patterns"));
        Files.writeString(folder.resolve("patterns/.tidebox-ignore"), "*a".repeat(12) + "b\n");
        write("patterns/" + "a".repeat(200));
        awaitOnDesktop("patterns/" + "a".repeat(200));
        scene.assertSame();
    }

    @Test
    void anAgentEndsWhileTheServerSaysNothing() throws Exception {
        Running server = scene.server.running();
        server.freeze(true);
        try {
            Files.write(folder.resolve("film"), new byte[20 << 20]);
            Awaitility.await().atMost(SOON).untilAsserted(
                    () -> assertThat(report().get("activity").asText()).isEqualTo("SYNCING"));
            scene.laptop.running().stopSoon();
        } finally {
            server.freeze(false);
        }
        scene.ensureRunning();
        scene.assertSame();
    }

    @Test
    void aServerEndsWhileADeviceSaysNothing() throws Exception {
        Running laptop = scene.laptop.running();
        laptop.freeze(true);
        try {
            scene.server.running().stopSoon();
        } finally {
            laptop.freeze(false);
        }
        scene.ensureRunning();
        scene.assertSame();
    }

    private static void write(String name) {
        try {
            Files.writeString(folder.resolve(name), "new");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitOnDesktop(String name) {
        Awaitility.await().atMost(SOON).untilAsserted(
                () -> assertThat(scene.desktop.folder().resolve(name)).hasContent("new"));
    }

    private static List<String> problems() throws IOException {
        return report().get("problems").findValuesAsText("path");
    }

    private static JsonNode report() throws IOException {
        return Control.ask(scene.laptop.home(), "agent.status").get("folders").get(0);
    }
}
