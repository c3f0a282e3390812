package org.tidebox.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The ownership of a home. The operating system lets go of it when the process ends, however it ends. */
public final class HomeLock implements AutoCloseable {
    /** Locks exclude readers on some systems, so the lock lies behind the text that names the owner. */
    private static final long LOCKED_BYTE = 1 << 20;
    private static final int MAX_TEXT = 32;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the home, which must exist.
     *
     * @throws HomeLockedException if another process owns it
     * @throws IOException if the file system refuses
     */
    public static HomeLock acquire(Home home) throws IOException, HomeLockedException {
        Path file = home.lock();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new HomeLockedException(home.root(), owner(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new HomeLock(channel);
        } catch (IOException | HomeLockedException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets go. The file stays: removing it could give the home to two owners. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static long owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
        channel.read(text, 0);
        String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : HomeLockedException.UNKNOWN;
    }
}
