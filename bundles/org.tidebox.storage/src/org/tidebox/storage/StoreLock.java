package org.tidebox.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps everybody else, in this process or another one, out of a store's folder; ends with the process at the latest.
 */
public final class StoreLock implements AutoCloseable {
    private static final String FILE = "lock";

    // Closing any channel of a file ends the process's locks on it (POSIX), so one that is held must not even be
    // opened again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks a folder that exists.
     *
     * @param what what lies there, for the message
     * @throws StorageException if somebody else has it, which ends with the other's end
     */
    public static StoreLock acquire(Path folder, String what) throws StorageException {
        try {
            Path file = folder.toRealPath().resolve(FILE);
            if (HELD.add(file)) {
                FileChannel channel = lock(file);
                if (channel != null) {
                    return new StoreLock(file, channel);
                }
            }
        } catch (IOException e) {
            throw new StorageException("Cannot lock " + what + " in " + folder + ": " + e.getMessage(), false, e);
        }
        throw new StorageException("Another server is using " + what + " in " + folder
                + "; stop it first, or use another data folder", false, null);
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unlock " + file, e);
        } finally {
            HELD.remove(file);
        }
    }

    /** Returns the channel that holds the lock, or {@code null} if another process has it. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? channel : null;
        } finally {
            if (!locked) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }
}
