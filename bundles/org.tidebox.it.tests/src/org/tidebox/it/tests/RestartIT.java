package org.tidebox.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a process ends and starts again. */
class RestartIT {
    @TempDir
    Path temp;

    @Test
    @Tag("C4")
    void restartWithNothingChangedMovesOnlyTheHandshake() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Trees.copy(Path.of("/usr/share/zoneinfo"), scene.laptop.folder().resolve("zoneinfo"));
            scene.assertSame();
            scene.desktop.running().stop();
            scene.desktop.start();
            scene.desktop.settle();
            Stats stats = Stats.of(scene.desktop);
            assertThat(stats.requests()).as("requests after a restart").isLessThanOrEqualTo(4);
            assertThat(stats.sent() + stats.received()).as("bytes after a restart").isLessThan(16 << 10);
        }
    }

    @Test
    @Tag("C2")
    @Tag("C3")
    void changesMadeWhileEverythingWasOffArriveLater() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Files.writeString(scene.laptop.folder().resolve("kept"), "first");
            Files.writeString(scene.laptop.folder().resolve("deleted"), "gone soon");
            scene.assertSame();
            scene.laptop.running().stop();
            scene.desktop.running().stop();
            scene.server.running().stop();
            Files.writeString(scene.laptop.folder().resolve("kept"), "second");
            Files.delete(scene.laptop.folder().resolve("deleted"));
            Files.writeString(scene.desktop.folder().resolve("new on the desktop"), "hello");
            scene.laptop.start();
            scene.desktop.start();
            scene.server.start();
            scene.assertSame();
            assertThat(scene.desktop.folder().resolve("kept")).hasContent("second");
            assertThat(scene.desktop.folder().resolve("deleted")).doesNotExist();
            assertThat(scene.laptop.folder().resolve("new on the desktop")).hasContent("hello");
        }
    }

    @Test
    @Tag("C1")
    void editsOnBothSidesAreBothKept() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Files.writeString(scene.laptop.folder().resolve("thesis.txt"), "base");
            scene.assertSame();
            scene.server.running().stop();
            Files.writeString(scene.laptop.folder().resolve("thesis.txt"), "the laptop's words");
            Files.writeString(scene.desktop.folder().resolve("thesis.txt"), "what the desktop says");
            scene.server.start();
            scene.assertSame();
            assertThat(Trees.contents(scene.laptop.folder())).containsExactlyInAnyOrder("the laptop's words",
                    "what the desktop says");
            assertThat(Trees.describe(scene.laptop.folder()).keySet())
                    .anyMatch(name -> name
                            .matches("thesis \\(conflict (laptop|desktop) \\d{4}-\\d\\d-\\d\\d \\d{6}\\)\\.txt"));
        }
    }
}
