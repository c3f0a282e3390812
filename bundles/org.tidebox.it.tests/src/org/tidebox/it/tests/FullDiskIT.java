package org.tidebox.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small disk fills up in the middle: told clearly, nothing half there, and all goes on once there is room. */
@Tag("C1")
@Tag("P3")
class FullDiskIT {
    @TempDir
    Path temp;

    @Test
    void aFullServerDiskLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("server-data"), 64);
                TwoDevices scene = TwoDevices.start(temp)) {
            Files.writeString(scene.laptop.folder().resolve("before"), "stays");
            scene.assertSame();
            Path filler = disk.fill(8);
            addWhole(scene.laptop.folder().resolve("big"));
            assertThat(scene.laptop.isSettledWithin(3)).isFalse();
            assertThat(scene.laptop.ok("status")).containsIgnoringCase("disk");
            Files.delete(filler);
            scene.assertSame();
        }
    }

    @Test
    void aFullDeviceDiskLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("desktop"), 64); TwoDevices scene = TwoDevices.start(temp)) {
            Path filler = disk.fill(8);
            addWhole(scene.laptop.folder().resolve("big"));
            Files.writeString(scene.laptop.folder().resolve("small"), "goes through");
            scene.laptop.settle();
            assertThat(scene.desktop.isSettledWithin(3)).isFalse();
            assertThat(scene.desktop.ok("status")).containsIgnoringCase("no space");
            assertThat(scene.desktop.folder().resolve("big")).doesNotExist();
            Files.delete(filler);
            scene.assertSame();
        }
    }

    /** Adds a file of 24 MiB in one move, so that no part of it is there before. */
    private void addWhole(Path file) throws IOException {
        byte[] noise = new byte[24 << 20];
        new Random(3).nextBytes(noise);
        Files.move(Files.write(temp.resolve("whole"), noise), file);
    }

    /** A file system in memory of a given size. */
    private static final class SmallDisk implements AutoCloseable {
        private final Path folder;

        private SmallDisk(Path folder) {
            this.folder = folder;
        }

        static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
            Files.createDirectories(folder);
            Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs",
                    folder.toString())
                    .redirectErrorStream(true).start();
            String said = new String(mount.getInputStream().readAllBytes());
            Assumptions.assumeTrue(mount.waitFor() == 0, "a small disk can be mounted by root only: " + said);
            return new SmallDisk(folder);
        }

        /** Leaves only so much room. */
        Path fill(int leftMebibytes) throws IOException {
            Path filler = Files.createDirectories(folder.resolve(".tidebox")).resolve("filler");
            try (var out = Files.newOutputStream(filler)) {
                byte[] block = new byte[1 << 20];
                for (long left = (folder.toFile().getUsableSpace() >> 20) - leftMebibytes; left > 0; left--) {
                    out.write(block);
                }
            }
            return filler;
        }

        @Override
        public void close() throws IOException, InterruptedException {
            new ProcessBuilder("umount", "-l", folder.toString()).inheritIO().start().waitFor();
        }
    }
}
