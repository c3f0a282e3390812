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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Mount;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** A folder that lost what it held stops and asks, and nothing is deleted anywhere until somebody has looked. */
@Tag("C1")
class ValveIT {
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
    void fillBoth() throws Exception {
        for (int i = 0; i < 100; i++) {
            Files.writeString(scene.laptop.folder().resolve("file " + i), "text " + i);
        }
        scene.assertSame();
    }

    @Test
    void aMissingRootIsToldAndGoesOnByItselfOnceItIsBack() throws Exception {
        Path root = scene.laptop.folder();
        Path away = Files.move(root, temp.resolve("away"));
        assertAsks(scene.laptop, "is not there; nothing is deleted anywhere");
        assertThat(scene.laptop.fails("folder", "resume", root.toString())).contains("is not there");
        Files.writeString(scene.desktop.folder().resolve("made meanwhile"), "there");
        Files.writeString(away.resolve("file 1"), "edited while it was away");
        Files.move(away, root);
        assertThat(scene.laptop.ok("folder", "resume", root.toString())).contains("goes on");
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("file 1")).hasContent("edited while it was away");
        assertThat(root.resolve("made meanwhile")).hasContent("there");
    }

    @Test
    void anEmptiedRootIsDeletedElsewhereOnlyAfterALook() throws Exception {
        Path root = scene.laptop.folder();
        Map<String, String> before = Trees.describe(scene.desktop.folder());
        // Not while the agent looks: what it sees of a deletion that takes long, it does.
        scene.laptop.running().kill();
        for (String name : Trees.describe(root).keySet()) {
            Files.delete(root.resolve(name));
        }
        scene.laptop.start();
        assertAsks(scene.laptop, "(" + before.size() + " entries) is gone here");
        scene.laptop.running().kill();
        scene.laptop.start();
        assertAsks(scene.laptop, "is gone here");
        scene.desktop.settle();
        assertThat(Trees.describe(scene.desktop.folder())).isEqualTo(before);
        assertThat(scene.laptop.ok("folder", "resume", root.toString())).contains("now deleted everywhere");
        scene.assertSame();
        assertThat(Trees.describe(scene.desktop.folder())).isEmpty();
        assertThat(scene.desktop.ok("trash", "list")).contains("file 1");
    }

    @Test
    void aMassDeletionIsTakenBackByAddingTheFolderAnew() throws Exception {
        Path root = scene.laptop.folder();
        Map<String, String> before = Trees.describe(root);
        scene.laptop.running().kill();
        for (int i = 0; i < 60; i++) {
            Files.delete(root.resolve("file " + i));
        }
        scene.laptop.start();
        assertAsks(scene.laptop, "60 of " + before.size() + " entries were deleted here");
        assertThat(Trees.describe(scene.desktop.folder())).isEqualTo(before);
        scene.laptop.ok("folder", "remove", root.toString());
        scene.laptop.ok("folder", "add", root.toString(), "--library", "papers");
        scene.assertSame();
        assertThat(Trees.describe(root)).isEqualTo(before);
    }

    @Test
    void anUnmountedDiskIsWaitedForAlsoWhereNoAgentRuns() throws Exception {
        Path folder = temp.resolve("usb");
        try (Mount disk = Mount.of(temp.resolve("disk"), folder);
                Device stick = new Device(temp, "usb").start()) {
            stick.joinAndAdd(scene.server.invite(TwoDevices.ACCOUNT), "papers");
            stick.settle();
            disk.unmount();
            assertAsks(stick, "has lost its marker .tidebox; nothing is deleted anywhere");
            stick.running().stop();
            assertThat(stick.fails("wait", "--timeout", "600")).contains("has lost its marker");
            assertThat(folder).isEmptyDirectory();
            Files.writeString(scene.desktop.folder().resolve("while it was out"), "1");
            scene.settle();
            Files.writeString(temp.resolve("disk/on the disk"), "2");
            stick.start();
            assertAsks(stick, "has lost its marker");
            disk.mount();
            assertComesBackByItself(stick);
            Files.writeString(folder.resolve("after it came back"), "3");
            stick.settle();
            scene.assertSame();
            Trees.assertSame(folder, scene.desktop.folder());
            assertThat(folder.resolve("while it was out")).hasContent("1");
        }
    }

    @Test
    @Tag("A3")
    void aServerThatWasSetBackToABackupGetsBackWhatTheDevicesHave() throws Exception {
        scene.server.running().stop();
        Path backup = temp.resolve("backup");
        Trees.copy(scene.server.data(), backup);
        scene.ensureRunning();
        Files.writeString(scene.laptop.folder().resolve("file 1"), "edited after the backup");
        Files.delete(scene.laptop.folder().resolve("file 2"));
        Files.writeString(scene.desktop.folder().resolve("new"), "made after the backup");
        scene.assertSame();
        scene.server.running().stop();
        Trees.delete(scene.server.data());
        Trees.copy(backup, scene.server.data());
        scene.server.start();
        for (Device device : new Device[]{scene.laptop, scene.desktop}) {
            assertAsks(device, "the server was set back to an older state");
        }
        assertThat(scene.laptop.folder().resolve("file 1")).hasContent("edited after the backup");
        assertThat(scene.desktop.folder().resolve("new")).hasContent("made after the backup");
        assertThat(scene.laptop.ok("folder", "resume", scene.laptop.folder().toString()))
                .contains("brought back to the server");
        scene.laptop.settle();
        scene.desktop.ok("folder", "resume", scene.desktop.folder().toString());
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("new")).hasContent("made after the backup");
        assertThat(Trees.contents(scene.desktop.folder())).contains("edited after the backup");
        assertThat(scene.server.say("", "check").exit()).isZero();
        Trees.delete(backup);
    }

    @Test
    @Tag("P5")
    void aWaitEndsAtOnceWhereWaitingDoesNotHelp() throws Exception {
        scene.laptop.ok("folder", "pause", scene.laptop.folder().toString());
        assertThat(scene.laptop.ok("wait", "--timeout", "600")).contains("except what rests");
        scene.laptop.ok("folder", "resume", scene.laptop.folder().toString());
        assertThat(scene.server.say("", "account", "disable", TwoDevices.ACCOUNT, "--keep-devices").exit()).isZero();
        assertThat(scene.laptop.fails("wait", "--timeout", "600")).containsIgnoringCase("account");
        assertThat(scene.server.say("", "account", "disable", TwoDevices.ACCOUNT, "--undo").exit()).isZero();
        scene.assertSame();
        try (Device nobody = new Device(temp, "nobody")) {
            assertThat(nobody.ok("wait", "--timeout", "600")).contains("tidebox folder add");
        }
    }

    /** Asserts that a folder has stopped, says why in all places where a person looks, and that a wait ends at once. */
    private static void assertAsks(Device device, String reason) throws IOException, InterruptedException {
        assertThat(device.fails("wait", "--timeout", "600")).contains(reason);
        assertThat(device.ok("status")).contains("stopped, asks you").contains(reason);
        assertThat(device.ok("folder", "list")).contains("stopped, asks you").contains(reason);
    }

    private static void assertComesBackByItself(Device device) {
        Awaitility.await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(
                                Control.ask(device.home(), "agent.listFolders").get(0).get("activity").asText())
                                .isEqualTo("UP_TO_DATE"));
    }
}
