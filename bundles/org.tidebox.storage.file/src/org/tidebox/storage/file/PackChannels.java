package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open channels of packs, so that a read costs one system call; the ones unused for longest are closed when there
 * are too many. Thread-safe.
 *
 * <p>Java closes a channel under everybody's hands when one thread that works on it is interrupted; the work is then
 * done again on a new channel.
 */
final class PackChannels implements AutoCloseable {
    private static final int MAX_OPEN = 128;

    private final PackDisk disk;
    private final Map<Path, Shared> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    PackChannels(PackDisk disk) {
        this.disk = disk;
    }

    PackDisk disk() {
        return disk;
    }

    /** What is done with a channel; may be done again from the start. */
    @FunctionalInterface
    interface Work<R> {
        R run(FileChannel channel) throws IOException;
    }

    /** Opens the file, which must exist, unless it is open, and does the work. */
    <R> R use(Path path, Work<R> work) throws IOException {
        return Interrupts.defer(() -> {
            Shared shared = acquire(path);
            try {
                return work.run(shared.channel);
            } catch (ClosedChannelException e) {
                drop(path, shared);
                throw e;
            } finally {
                release(shared);
            }
        });
    }

    /** Closes a file as soon as nobody works on it. */
    synchronized void forget(Path path) throws IOException {
        Shared shared = open.remove(path);
        if (shared != null) {
            shared.retire();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (Path path : open.keySet().toArray(new Path[0])) {
            forget(path);
        }
    }

    private synchronized Shared acquire(Path path) throws IOException {
        if (closed) {
            throw new IOException("the store is closed");
        }
        Shared shared = open.get(path);
        if (shared == null) {
            shared = new Shared(openChecked(path));
            open.put(path, shared);
            evict();
        }
        shared.users++;
        return shared;
    }

    private FileChannel openChecked(Path path) throws IOException {
        FileChannel channel = disk.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            PackFormat.checkVersion(path, channel);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private synchronized void release(Shared shared) throws IOException {
        shared.users--;
        shared.closeIfUnused();
    }

    private synchronized void drop(Path path, Shared shared) throws IOException {
        open.remove(path, shared);
        shared.retire();
    }

    private void evict() throws IOException {
        if (open.size() > MAX_OPEN) {
            forget(open.keySet().iterator().next());
        }
    }

    private static final class Shared {
        private final FileChannel channel;
        private int users;
        private boolean retired;

        Shared(FileChannel channel) {
            this.channel = channel;
        }

        void retire() throws IOException {
            retired = true;
            closeIfUnused();
        }

        void closeIfUnused() throws IOException {
            if (retired && users == 0) {
                channel.close();
            }
        }
    }
}
