package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Mount;
import org.tidebox.it.tests.scene.TwoDevices;

/** A small disk fills up in the middle, or becomes read-only: told clearly, nothing half there, and all goes on afterwards. */
@Tag("C1")
@Tag("P3")
class FullDiskIT {
    private static final int MEBIBYTES = 64;
    @TempDir
    static Path temp;
    private static Mount serverDisk;
    private static Mount desktopDisk;
    private static TwoDevices scene;

    @BeforeAll
    static void startAll() throws Exception {
        serverDisk = Mount.small(temp.resolve("server-data"), 4 * MEBIBYTES);
        desktopDisk = Mount.small(temp.resolve("desktop"), MEBIBYTES);
        scene = TwoDevices.start(temp);
        Files.writeString(scene.laptop.folder().resolve("before"), "stays");
    }

    @AfterAll
    static void stopAll() throws Exception {
        for (AutoCloseable part : new AutoCloseable[]{scene, desktopDisk, serverDisk}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void aFullServerDiskLosesNothing() throws Exception {
        scene.assertSame();
        Path filler = serverDisk.fill(8);
        Path big = addWhole("big for the server");
        assertTold(scene.laptop, "disk");
        Files.delete(filler);
        scene.assertSame();
        Files.delete(big);
        scene.settle();
        assertThat(scene.server.say("", "check").exit()).isZero();
    }

    @Test
    void aFullDeviceDiskLosesNothing() throws Exception {
        Path filler = desktopDisk.fill(8);
        Path big = addWhole("big for the desktop");
        Files.writeString(scene.laptop.folder().resolve("small"), "goes through");
        scene.laptop.settle();
        assertTold(scene.desktop, "no space");
        assertThat(scene.desktop.folder().resolve("small")).hasContent("goes through");
        assertThat(scene.desktop.folder().resolve(big.getFileName())).doesNotExist();
        Files.delete(filler);
        scene.assertSame();
        Files.delete(big);
        scene.settle();
    }

    @Test
    @Tag("C5")
    void aSparseFileLargerThanTheDiskFits() throws Exception {
        Path image = temp.resolve("image");
        try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
            sparse.writeBytes("begin");
            sparse.setLength(3L * MEBIBYTES << 20);
        }
        image = Files.move(image, scene.laptop.folder().resolve("image"));
        scene.assertSame();
        Files.delete(image);
        scene.settle();
    }

    @Test
    void aReadOnlyDiskIsToldAndWaitedFor() throws Exception {
        Files.writeString(scene.laptop.folder().resolve("edited"), "before");
        scene.assertSame();
        desktopDisk.readOnly(true);
        try {
            Files.writeString(scene.laptop.folder().resolve("edited"), "while it cannot be written there");
            Files.delete(scene.laptop.folder().resolve("before"));
            scene.laptop.settle();
            assertTold(scene.desktop, "read-only");
            assertThat(scene.desktop.folder().resolve("edited")).hasContent("before");
        } finally {
            desktopDisk.readOnly(false);
        }
        scene.assertSame();
        Files.writeString(scene.laptop.folder().resolve("before"), "stays");
    }

    /** Whoever asks the device is told what it waits for, as soon as it has met it. */
    private static void assertTold(Device device, String what) {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(device.fails("wait", "--timeout", "3")).containsIgnoringCase(what);
            assertThat(device.ok("status")).containsIgnoringCase(what);
        });
    }

    /** Adds a file of 24 MiB of its own in one move, so that no part of it is there before. */
    private static Path addWhole(String name) throws IOException {
        byte[] noise = new byte[24 << 20];
        new Random(name.hashCode()).nextBytes(noise);
        return Files.move(Files.write(temp.resolve("whole"), noise), scene.laptop.folder().resolve(name));
    }
}
