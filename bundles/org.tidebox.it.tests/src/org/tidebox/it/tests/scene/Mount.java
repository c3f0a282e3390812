package org.tidebox.it.tests.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk that is mounted, unmounted, filled and write-protected. Needs root; else the test is skipped, and says so. */
public final class Mount implements AutoCloseable {
    private final Path folder;
    private final List<String> mount;

    private Mount(Path folder, List<String> mount) {
        this.folder = folder;
        this.mount = mount;
    }

    /** Mount a file system in memory of a given size. */
    public static Mount small(Path folder, int mebibytes) throws IOException, InterruptedException {
        return mounted(folder, List.of("-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs"));
    }

    /** Mount one folder in the place of another; what it holds is there again after an unmount and a mount. */
    public static Mount of(Path disk, Path folder) throws IOException, InterruptedException {
        return mounted(folder, List.of("--bind", Files.createDirectories(disk).toString()));
    }

    private static Mount mounted(Path folder, List<String> how) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(how);
        command.add(folder.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(process.waitFor() == 0, "only root can mount a disk: " + said);
        return new Mount(folder, how);
    }

    /** Mount it again after {@link #unmount}. */
    public void mount() throws IOException, InterruptedException {
        mounted(folder, mount);
    }

    /** Pulls it out, whoever uses it. */
    public void unmount() throws IOException, InterruptedException {
        run("umount", "-l", folder.toString());
    }

    /** Makes it read-only, or writable again. */
    public void readOnly(boolean yes) throws IOException, InterruptedException {
        run("mount", "-o", "remount" + (mount.contains("--bind") ? ",bind" : "") + (yes ? ",ro" : ",rw"),
                folder.toString());
    }

    /** Leaves only so much room; delete the returned file to have more. */
    public Path fill(int leftMebibytes) throws IOException {
        Path filler = Files.createDirectories(folder.resolve(".tidebox")).resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[1 << 20];
            for (long left = (folder.toFile().getUsableSpace() >> 20) - leftMebibytes; left > 0; left--) {
                out.write(block);
            }
        }
        return filler;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        new ProcessBuilder("umount", "-l", folder.toString()).redirectErrorStream(true).start().waitFor();
    }
}
