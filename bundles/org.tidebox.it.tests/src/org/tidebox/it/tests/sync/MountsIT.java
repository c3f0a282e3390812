package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.tidebox.it.tests.scene.Mount;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Disks that are mounted inside a folder and pulled out while agents run lose nothing, and the status is honest. */
@Tag("C1")
@Isolated("the table of mounts is one for the whole machine")
class MountsIT {
    private static final Duration SOON = Duration.ofSeconds(60);
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
    void aDiskInsideComesAndGoesWhileAllElseGoesOn() throws Exception {
        Path place = scene.laptop.folder().resolve("usb");
        Path there = scene.desktop.folder().resolve("usb");
        Path disk = temp.resolve("disk");
        try (Mount memory = Mount.small(disk, 16); Mount usb = Mount.of(disk, place)) {
            for (int i = 0; i < 20; i++) {
                Files.writeString(place.resolve("file " + i), "text " + i);
            }
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(there.resolve("file 19")).exists());
            scene.assertSame();
            Files.writeString(there.resolve("from elsewhere"), "arrives");
            scene.assertSame();
            Map<String, String> before = Trees.describe(scene.desktop.folder());

            usb.unmount();
            Awaitility.await().atMost(SOON).untilAsserted(
                    () -> assertThat(scene.laptop.ok("status")).contains("'usb': the file system that was mounted"));
            assertThat(scene.laptop.fails("wait", "--timeout", "600")).contains("usb", "Mount it");
            Files.writeString(scene.laptop.folder().resolve("beside"), "goes on");
            Awaitility.await().atMost(SOON)
                    .untilAsserted(() -> assertThat(scene.desktop.folder().resolve("beside")).hasContent("goes on"));
            Files.writeString(there.resolve("file 3"), "edited elsewhere");
            Files.writeString(disk.resolve("file 4"), "edited on another computer");
            Files.writeString(disk.resolve("new"), "made on another computer");
            scene.desktop.settle();
            assertThat(Trees.describe(scene.desktop.folder())).containsKeys(before.keySet().toArray(String[]::new));

            usb.mount();
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(there.resolve("new")).exists());
            scene.assertSame();
            assertThat(place.resolve("file 3")).hasContent("edited elsewhere");
            assertThat(there.resolve("file 4")).hasContent("edited on another computer");
            assertThat(Trees.describe(scene.desktop.folder())).hasSize(before.size() + 2);
            Files.writeString(place.resolve("after it came back"), "seen at once");
            Awaitility.await().atMost(SOON)
                    .untilAsserted(() -> assertThat(there.resolve("after it came back")).hasContent("seen at once"));

            usb.unmount();
            Awaitility.await().atMost(SOON)
                    .untilAsserted(() -> assertThat(scene.laptop.ok("status")).contains("is missing"));
            assertThat(scene.laptop.ok("folder", "resume", scene.laptop.folder().toString()))
                    .contains("now deleted everywhere");
            scene.laptop.settle();
            assertThat(scene.desktop.ok("trash", "list")).contains("file 3");
            if (scene.desktop.ok("status").contains("stopped, asks you")) {
                scene.desktop.ok("folder", "resume", scene.desktop.folder().toString());
            }
            scene.assertSame();
            assertThat(Trees.describe(scene.desktop.folder())).containsKey("beside").doesNotContainKey("usb/new");
        }
    }

    @Test
    void theStatusKnowsAtOnceThatTheRootWasMovedAway() throws Exception {
        Path root = scene.laptop.folder();
        Files.writeString(root.resolve("something"), "1");
        scene.assertSame();
        Path away = Files.move(root, temp.resolve("away"));
        assertThat(scene.laptop.ok("status")).doesNotContain("up to date");
        Awaitility.await().atMost(SOON).untilAsserted(
                () -> assertThat(scene.laptop.ok("status")).contains("is not there; nothing is deleted anywhere"));
        Files.move(away, root);
        Awaitility.await().atMost(SOON).until(this::isUpToDate);
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("something")).hasContent("1");
    }

    private boolean isUpToDate() throws IOException, InterruptedException {
        return scene.laptop.ok("status").contains("up to date");
    }
}
