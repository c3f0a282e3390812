package org.tidebox.sync.tests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A file system of a kind, mounted. Needs root and the system's help; else the test is skipped, and says so. */
public final class LoopDisk implements AutoCloseable {
    private static final long SIZE = 48 << 20;

    private final Path folder;

    private LoopDisk(Path folder) {
        this.folder = folder;
    }

    /** Kinds of file systems. */
    public enum Kind {
        /** In memory; its clock ticks with the kernel's. */
        TMPFS(List.of(), "tmpfs"),
        /** Its inodes have no room for more than seconds. */
        EXT4_OF_128_BYTES(List.of("mkfs.ext4", "-q", "-F", "-I", "128"), "ext4"),
        /** Keeps times to two seconds. */
        VFAT(List.of("mkfs.vfat"), "vfat");

        private final List<String> make;
        private final String type;

        Kind(List<String> make, String type) {
            this.make = make;
            this.type = type;
        }
    }

    /** Makes and mounts one. */
    public static LoopDisk of(Kind kind, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (kind.make.isEmpty()) {
            run("mount", "-t", kind.type, kind.type, folder.toString());
            return new LoopDisk(folder);
        }
        Path image = folder.resolveSibling(folder.getFileName() + ".image");
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        List<String> make = new ArrayList<>(kind.make);
        make.add(image.toString());
        run(make.toArray(String[]::new));
        run("mount", "-t", kind.type, "-o", "loop", image.toString(), folder.toString());
        return new LoopDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    private static void run(String... command) throws InterruptedException {
        Optional<String> failure = said(command);
        Assumptions.assumeTrue(failure.isEmpty(), () -> "this needs root and a system that can do it: "
                + String.join(" ", command) + ": " + failure.orElseThrow());
    }

    /** Runs a program; returns what it said if it failed. */
    private static Optional<String> said(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        new ProcessBuilder(Arrays.asList("umount", "-l", folder.toString())).redirectErrorStream(true).start()
                .waitFor();
    }
}
