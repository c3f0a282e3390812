package org.tidebox.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed in the middle of their work; afterwards both devices agree and nothing is lost. */
@Tag("C1")
@Tag("C3")
class CrashIT {
    private static final int FILES = 1500;
    private static final int ROUNDS = 3;
    @TempDir
    Path temp;

    @Test
    void killedServerAndAgentsConverge() throws Exception {
        long seed = Long.getLong("tidebox.seed", System.nanoTime());
        System.out.println("CrashIT seed " + seed);
        Random random = new Random(seed);
        try (TwoDevices scene = TwoDevices.start(temp)) {
            for (int round = 0; round < ROUNDS; round++) {
                writeFiles(scene.laptop.folder().resolve("round " + round), random);
                awaitSomeFiles(scene.desktop.folder().resolve("round " + round), random.nextInt(FILES / 2));
                switch (round) {
                    case 0 -> scene.server.running().kill();
                    case 1 -> scene.laptop.running().kill();
                    default -> scene.desktop.running().kill();
                }
                restartTheDead(scene);
            }
            scene.assertSame();
            assertThat(Trees.describe(scene.desktop.folder())).hasSize(ROUNDS * (FILES + 1));
            assertThat(scene.desktop.folder().resolve(".tidebox/tmp")).isEmptyDirectory();
        }
    }

    private static void restartTheDead(TwoDevices scene) throws Exception {
        if (!scene.server.running().isAlive()) {
            scene.server.start();
        }
        for (Device device : new Device[]{scene.laptop, scene.desktop}) {
            if (!device.running().isAlive()) {
                device.start();
            }
        }
    }

    private static void writeFiles(Path folder, Random random) throws Exception {
        Files.createDirectories(folder);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(20_000)];
            random.nextBytes(content);
            Files.write(folder.resolve("file " + i), content);
        }
    }

    private static void awaitSomeFiles(Path folder, int count) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS).until(() -> {
            if (!Files.isDirectory(folder)) {
                return false;
            }
            try (var entries = Files.list(folder)) {
                return entries.count() >= count;
            }
        });
    }
}
