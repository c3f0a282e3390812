package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.files.FolderNames;

/** All that packs ask of a disk: {@link #REAL} in production, one with faults in tests. Thread-safe. */
@ConsumerType
@FunctionalInterface
public interface PackDisk {
    /** The disks of this computer. */
    PackDisk REAL = FileChannel::open;

    /** Opens a file as {@link FileChannel#open(Path, OpenOption...)} does. */
    FileChannel open(Path path, OpenOption... options) throws IOException;

    /** Makes an empty file that must not exist. */
    default void create(Path file) throws IOException {
        Files.createFile(file);
    }

    /** Deletes a file if it is there. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Returns the length of a file in bytes. */
    default long size(Path file) throws IOException {
        return Files.size(file);
    }

    /** Makes a folder and those above it. */
    default void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /** Returns when the names in a folder are durable. */
    default void syncFolder(Path folder) throws IOException {
        FolderNames.force(folder);
    }

    /** Returns what lies in a folder, in no order; nothing if there is no such folder. */
    default List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
