package org.tidebox.it.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Stats;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Twenty thousand small files and a file of one GiB arrive whole, in batches, within the heaps of 256 MiB that the products start with. */
@Tag("C1")
@Tag("C5")
class LargeIT {
    private static final int SMALL_FILES = 20_000;
    private static final int FILES_PER_FOLDER = 50;
    private static final long LARGE = 1L << 30;
    @TempDir
    Path temp;

    @Test
    void manySmallFilesAndALargeOneArrive() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            scene.laptop.ok("folder", "pause", scene.laptop.folder().toString());
            writeSmallFiles(scene.laptop.folder());
            writeLargeFile(scene.laptop.folder().resolve("one GiB"));
            scene.laptop.ok("folder", "resume", scene.laptop.folder().toString());
            scene.laptop.ok("wait", "--timeout", "600");
            scene.desktop.ok("wait", "--timeout", "600");
            Trees.assertSame(scene.laptop.folder(), scene.desktop.folder());
            assertThat(Stats.of(scene.laptop).requests()).as("requests for 20,000 files").isLessThan(500);
            System.out.printf("LargeIT peak resident memory in MiB: server %d, sending agent %d, receiving agent %d%n",
                    scene.server.running().peakMemory(), scene.laptop.running().peakMemory(),
                    scene.desktop.running().peakMemory());
        }
    }

    private static void writeSmallFiles(Path root) throws Exception {
        Random random = new Random(20);
        for (int i = 0; i < SMALL_FILES; i++) {
            Path folder = root.resolve("folder " + i / FILES_PER_FOLDER);
            if (i % FILES_PER_FOLDER == 0) {
                Files.createDirectories(folder);
            }
            byte[] content = new byte[random.nextInt(1, 10_000)];
            random.nextBytes(content);
            Files.write(folder.resolve("file " + i), content);
        }
    }

    private static void writeLargeFile(Path file) throws Exception {
        Random random = new Random(1);
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (long written = 0; written < LARGE; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
    }
}
