package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.FlakyNetwork;
import org.tidebox.it.tests.scene.TwoDevices;

/** The way to the server is cut or goes silent while an agent listens for news: it notices by itself and misses nothing. */
@Tag("C1")
class ConnectionIT {
    /** The server gives a sign of life every 20 s; after 45 s without one a connection is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(120);
    private static final Duration RECONNECTION = Duration.ofSeconds(90);
    @TempDir
    static Path temp;
    private static TwoDevices scene;
    private static FlakyNetwork network;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
        network = new FlakyNetwork(scene.server.port());
        scene.desktop.reachThrough(network, scene.server);
    }

    @AfterAll
    static void stopAll() throws Exception {
        if (network != null) {
            network.close();
        }
        scene.close();
    }

    @Test
    void newsComeThoughTheStreamWasCutAndTheServerWasAway() throws Exception {
        write("before");
        awaitOnDesktop("before");
        network.cut();
        write("after a cut");
        awaitOnDesktop("after a cut");
        scene.server.running().kill();
        Files.writeString(scene.desktop.folder().resolve("written while the server was away"), "yes");
        assertThat(scene.desktop.isSettledWithin(1)).isFalse();
        assertThat(scene.desktop.ok("status")).contains("offline").doesNotContain("Exception");
        scene.server.start();
        write("after a crash");
        awaitOnDesktop("after a crash");
        scene.assertSame();
        assertThat(scene.laptop.folder().resolve("written while the server was away")).hasContent("yes");
    }

    @Test
    void aConnectionThatGoesSilentIsGivenUpAndNothingIsMissed() throws Exception {
        scene.settle();
        network.stall();
        write("while all was silent");
        Files.writeString(scene.desktop.folder().resolve("from the silent side"), "yes");
        Awaitility.await().atMost(SILENCE).until(() -> Files.exists(on("while all was silent")));
        write("and after");
        awaitOnDesktop("and after");
        scene.assertSame();
        assertThat(scene.laptop.folder().resolve("from the silent side")).hasContent("yes");
    }

    private static void write(String name) throws Exception {
        Files.writeString(scene.laptop.folder().resolve(name), "by the laptop");
    }

    private static Path on(String name) {
        return scene.desktop.folder().resolve(name);
    }

    /** It must come by itself: nobody asks the desktop to look. */
    private static void awaitOnDesktop(String name) {
        Awaitility.await().atMost(RECONNECTION).until(() -> Files.exists(on(name)));
    }
}
