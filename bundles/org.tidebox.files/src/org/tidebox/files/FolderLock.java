package org.tidebox.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps everybody else, in this process or another one, out of a folder, by the lock of a file in it, which names the
 * process. The operating system releases it when the process ends, however it ends.
 */
public final class FolderLock implements AutoCloseable {
    /** Locks keep readers out on some systems, so this one lies behind the text that names the owner. */
    private static final long LOCKED_BYTE = 1 << 20;
    private static final int MOST_TEXT = 32;
    // Closing any channel of a file ends the process's locks on it (POSIX), so one that is held must not even be opened
    // again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file the file in the folder; made where it is missing
     * @throws FolderLockedException if somebody else has it
     */
    public static FolderLock acquire(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            throw new FolderLockedException(real.getParent(), OptionalLong.of(ProcessHandle.current().pid()));
        }
        FolderLock lock = null;
        try {
            lock = open(real);
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(real);
            }
        }
    }

    /** Releases it. The file stays: removing it could give the folder to two owners. */
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

    private static FolderLock open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new FolderLockedException(file.getParent(), owner(channel));
            }
            byte[] text = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text), 0);
            locked = true;
            return new FolderLock(file, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static OptionalLong owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_TEXT);
        channel.read(text, 0);
        String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return digits.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
