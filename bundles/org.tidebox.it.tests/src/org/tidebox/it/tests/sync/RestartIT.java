package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Stats;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** What happens when a process ends and starts again. */
class RestartIT {
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

    @BeforeEach
    void restartWhatIsOff() throws Exception {
        scene.ensureRunning();
    }

    @Test
    @Tag("C4")
    void restartWithNothingChangedMovesOnlyTheHandshake() throws Exception {
        Trees.copy(Path.of("/usr/share/zoneinfo"), scene.laptop.folder().resolve("zoneinfo"));
        scene.assertSame();
        scene.desktop.running().stop();
        scene.desktop.start();
        scene.desktop.settle();
        Stats stats = Stats.of(scene.desktop);
        assertThat(stats.requests()).as("requests after a restart").isLessThanOrEqualTo(4);
        assertThat(stats.sent() + stats.received()).as("bytes after a restart").isLessThan(16 << 10);
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    void changesMadeWhileEverythingWasOffArriveLater() throws Exception {
        Files.writeString(scene.laptop.folder().resolve("kept"), "first");
        Files.writeString(scene.laptop.folder().resolve("deleted"), "gone soon");
        scene.assertSame();
        scene.laptop.running().stop();
        scene.desktop.running().stop();
        scene.server.running().stop();
        Files.writeString(scene.laptop.folder().resolve("kept"), "second");
        Files.delete(scene.laptop.folder().resolve("deleted"));
        Files.writeString(scene.desktop.folder().resolve("new on the desktop"), "hello");
        scene.ensureRunning();
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("kept")).hasContent("second");
        assertThat(scene.desktop.folder().resolve("deleted")).doesNotExist();
        assertThat(scene.laptop.folder().resolve("new on the desktop")).hasContent("hello");
    }

    @Test
    @Tag("C1")
    void editsOnBothSidesAreBothKept() throws Exception {
        Path here = Files.createDirectories(scene.laptop.folder().resolve("both")).resolve("thesis.txt");
        Files.writeString(here, "base");
        scene.assertSame();
        scene.server.running().stop();
        Files.writeString(here, "the laptop's words");
        Files.writeString(scene.desktop.folder().resolve("both/thesis.txt"), "what the desktop says");
        scene.server.start();
        scene.assertSame();
        assertThat(Trees.contents(here.getParent())).containsExactlyInAnyOrder("the laptop's words",
                "what the desktop says");
        assertThat(Trees.describe(here.getParent()).keySet())
                .anyMatch(name -> name
                        .matches("thesis \\(conflict (laptop|desktop) \\d{4}-\\d\\d-\\d\\d \\d{6}\\)\\.txt"));
    }

    @Test
    @Tag("C2")
    void aDamagedDatabaseOfADeviceIsBuiltAnewAndNothingDoubles() throws Exception {
        Path papers = Files.createDirectories(scene.laptop.folder().resolve("papers"));
        for (int i = 0; i < 50; i++) {
            Files.writeString(papers.resolve("paper " + i), "text " + i);
        }
        scene.assertSame();
        scene.desktop.running().kill();
        try (var files = Files.list(scene.desktop.home().resolve("database/db/seg0"))) {
            for (Path table : files.toList()) {
                Files.write(table, new byte[100]);
            }
        }
        Files.writeString(scene.desktop.folder().resolve("papers/made meanwhile"), "here");
        Map<String, String> before = Trees.describe(scene.desktop.folder());
        scene.desktop.start();
        scene.assertSame();
        assertThat(Trees.describe(scene.desktop.folder())).isEqualTo(before);
        assertThat(scene.desktop.home().resolve("database.damaged-1")).isDirectory();
        assertThat(scene.desktop.ok("status")).contains("was damaged").contains("database.damaged-1");
    }
}
