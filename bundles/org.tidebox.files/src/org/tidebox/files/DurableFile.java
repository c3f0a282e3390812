package org.tidebox.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A small file that holds at any moment wholly the old content or wholly the new one, also after a crash: new content is
 * written beside it, forced to the medium, and takes the file's name, which is forced too. Only its owner can read it.
 *
 * @param path where it is
 * @param disk what to reach it through
 */
public record DurableFile(Path path, Disk disk) {
    private static final String FRESH = ".new";

    /** Names a file, which need not exist. */
    public DurableFile(Path path) {
        this(path, Direct.DISK);
    }

    /** The calls that it takes to replace a file. */
    @ConsumerType
    public interface Disk {
        /** Makes a file to write to, where nothing is. */
        FileChannel create(Path file) throws IOException;

        /** Renames a file in one step; what has the other name already is replaced. */
        void move(Path from, Path to) throws IOException;

        /** Removes a file if it is there. */
        void deleteIfExists(Path file) throws IOException;

        /** Makes the names in a folder durable. */
        default void forceNames(Path folder) throws IOException {
            FolderNames.force(folder);
        }
    }

    /** Returns what it holds; empty if there is no such file. */
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces it; durable when this returns. */
    public void replace(byte[] content) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + FRESH);
        disk.deleteIfExists(fresh);
        try (FileChannel channel = disk.create(fresh)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        disk.move(fresh, path);
        disk.forceNames(path.toAbsolutePath().getParent());
    }

    /**
     * Gives it another name in its folder, one that nobody has.
     *
     * @param name the wanted name; a number is added where it is taken
     */
    public Path moveAside(String name) throws IOException {
        Path aside = path.resolveSibling(name);
        for (int i = 2; Files.exists(aside); i++) {
            aside = path.resolveSibling(name + "-" + i);
        }
        return Files.move(path, aside);
    }

    /** Without anything in between. */
    private enum Direct implements Disk {
        DISK;

        @Override
        public FileChannel create(Path file) throws IOException {
            return PrivateFiles.create(file);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void deleteIfExists(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
