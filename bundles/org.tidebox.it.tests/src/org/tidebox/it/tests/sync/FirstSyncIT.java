package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.HardNames;
import org.tidebox.it.tests.scene.Stats;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** The main job: a real folder is kept the same on two devices. */
@Tag("C1")
@Tag("P3")
@Tag("P5")
class FirstSyncIT {
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
    void realTreesReachTheSecondDeviceAndEditsFollow() throws Exception {
        Path laptop = scene.laptop.folder();
        Path desktop = scene.desktop.folder();
        Trees.copy(Path.of(System.getProperty("java.home"), "legal"), laptop.resolve("legal"));
        Trees.copy(Path.of(System.getProperty("java.home"), "include"), laptop.resolve("include"));
        Trees.copy(Path.of("/usr/share/zoneinfo"), laptop.resolve("zoneinfo"));
        Files.createDirectories(laptop.resolve("empty/inside"));
        scene.assertSame();
        assertThat(Trees.describe(desktop)).hasSizeGreaterThan(1500);

        Path script = desktop.resolve("run me.sh");
        Files.writeString(script, "#!/bin/sh\necho hello\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(script, FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
        Files.createSymbolicLink(desktop.resolve("dangling"), Path.of("../nowhere/at all"));
        scene.desktop.settle();
        Files.move(laptop.resolve("legal"), laptop.resolve("zoneinfo/moved legal"));
        Files.writeString(laptop.resolve("zoneinfo/tzdata.zi"), "an appended line\n", StandardOpenOption.APPEND);
        Trees.delete(laptop.resolve("include"));
        scene.assertSame();
        assertThat(desktop.resolve("zoneinfo/moved legal/java.base/LICENSE")).exists();
        assertThat(desktop.resolve("include")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(laptop.resolve("run me.sh"))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    @Tag("C5")
    void largeFileTravelsAndSmallEditMovesLittle() throws Exception {
        Path file = scene.laptop.folder().resolve("film.bin");
        writeRandom(file, 200 << 20);
        scene.assertSame();
        long before = Stats.of(scene.laptop).sent();
        try (RandomAccessFile edit = new RandomAccessFile(file.toFile(), "rw")) {
            edit.seek(100 << 20);
            edit.write(new byte[4096]);
        }
        scene.assertSame();
        assertThat(Stats.of(scene.laptop).sent() - before).as("bytes sent for an edit of 4 KiB")
                .isLessThan(1 << 20);
        long beforeRename = Stats.of(scene.laptop).sent();
        Files.move(file, scene.laptop.folder().resolve("renamed.bin"));
        scene.assertSame();
        assertThat(Stats.of(scene.laptop).sent() - beforeRename).as("bytes sent for a rename").isLessThan(64 << 10);
        Files.delete(scene.laptop.folder().resolve("renamed.bin"));
    }

    @Test
    @Tag("C5")
    @Tag("C6")
    void smallFileComesWithTheNewsOfIt() throws Exception {
        scene.settle();
        Path written = temp.resolve("written elsewhere");
        byte[] content = new byte[1 << 10];
        new Random(8).nextBytes(content);
        Files.write(written, content);
        Stats laptop = Stats.of(scene.laptop);
        Stats desktop = Stats.of(scene.desktop);

        Files.move(written, scene.laptop.folder().resolve("note.bin"));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(scene.desktop.folder().resolve("note.bin")));

        Stats sent = Stats.of(scene.laptop);
        Stats received = Stats.of(scene.desktop);
        assertThat(received.requests()).isEqualTo(desktop.requests());
        assertThat(received.received() - desktop.received()).isBetween(1L << 10, 2L << 10);
        assertThat(sent.requests()).isEqualTo(laptop.requests() + 1);
        assertThat(sent.sent() - laptop.sent()).isBetween(1L << 10, 2L << 10);
        scene.assertSame();
    }

    @Test
    @Tag("C1")
    void hardNamesRoundTrip() throws Exception {
        Path root = scene.laptop.folder();
        for (Map.Entry<String, String> entry : HardNames.FILES.entrySet()) {
            Path file = root.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        Path deep = root;
        for (int level = 0; level < 20; level++) {
            deep = deep.resolve("level " + level + " " + "x".repeat(80));
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("bottom"), "deep");
        scene.assertSame();
        assertThat(Trees.describe(scene.desktop.folder())).hasSizeGreaterThan(HardNames.FILES.size());
    }

    private static void writeRandom(Path file, int bytes) throws IOException {
        Random random = new Random(7);
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (int written = 0; written < bytes; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
