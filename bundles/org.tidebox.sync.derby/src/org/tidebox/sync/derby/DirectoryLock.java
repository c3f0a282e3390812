package org.tidebox.sync.derby;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps everybody else, in this process or another one, out of the database's directory; ends with the process at the
 * latest.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "lock";

    // Closing any channel of a file ends the process's locks on it (POSIX), so one that is held must not even be opened
    // again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Locks a directory that exists; empty if somebody else has it. */
    static Optional<DirectoryLock> acquire(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(FILE);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        DirectoryLock lock = null;
        try {
            lock = lock(file);
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
        return Optional.ofNullable(lock);
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

    private static DirectoryLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            return locked ? new DirectoryLock(file, channel) : null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }
}
