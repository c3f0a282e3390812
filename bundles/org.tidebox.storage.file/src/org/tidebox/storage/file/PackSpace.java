package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;
import org.tidebox.tree.ChunkId;

/**
 * One space: a folder of packs, of which the newest may be open. Callers that come while another one writes wait;
 * then the first of them writes for all that wait, so that they share one trip to the disk.
 */
final class PackSpace {
    private static final Logger LOG = LoggerFactory.getLogger(PackSpace.class);
    private static final long GROUP_BYTES = 16L << 20;

    private final Path folder;
    private final PackChannels channels;
    private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private OpenPack current;
    private boolean mended;

    PackSpace(Path folder, PackChannels channels) {
        this.folder = folder;
        this.channels = channels;
    }

    PackFile file(String pack) {
        return new PackFile(channels, folder.resolve(pack + PackNames.SUFFIX));
    }

    List<PackPlace> append(List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like) throws StorageException {
        Append own = new Append(chunks, like);
        waiting.add(own);
        lock.lock();
        try {
            while (!own.isDone()) {
                writeGroup();
            }
            return own.result();
        } finally {
            lock.unlock();
        }
    }

    List<PackInfo> list() throws StorageException {
        lock.lock();
        try {
            mend();
            List<PackInfo> packs = new ArrayList<>();
            for (String name : PackNames.list(channels.disk(), folder)) {
                packs.add(new PackInfo(name, durableLength(file(name))));
            }
            return packs;
        } catch (IOException e) {
            throw PackErrors.reading(folder, e);
        } finally {
            lock.unlock();
        }
    }

    void scan(String pack, PackVisitor visitor) throws StorageException {
        PackFile file = file(pack);
        try {
            new PackScanner(file, settledLength(file), visitor).wholes().run();
        } catch (IOException e) {
            throw PackErrors.reading(file.path(), e);
        }
    }

    void seal() throws StorageException {
        lock.lock();
        try {
            mend();
            if (current != null) {
                OpenPack full = current;
                current = null;
                full.seal();
            }
        } catch (IOException e) {
            // What is there of the list is cut off before the pack is used again.
            mended = false;
            throw PackErrors.writing(folder, 0, e);
        } finally {
            lock.unlock();
        }
    }

    void delete(String pack) throws StorageException {
        lock.lock();
        try {
            if (current != null && current.file().name().equals(pack)) {
                current = null;
            }
            file(pack).delete();
            Folders.sync(channels.disk(), folder);
        } catch (IOException e) {
            throw PackErrors.writing(folder, 0, e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when nothing is being written. */
    void awaitQuiet() {
        lock.lock();
        lock.unlock();
    }

    private long settledLength(PackFile file) throws IOException, StorageException {
        lock.lock();
        try {
            mend();
            return durableLength(file);
        } finally {
            lock.unlock();
        }
    }

    private long durableLength(PackFile file) throws IOException {
        boolean open = current != null && current.file().path().equals(file.path());
        return open ? current.length() : file.size();
    }

    private void writeGroup() {
        Queue<Append> group = takeGroup();
        List<EncodedChunk> chunks = group.stream().flatMap(append -> append.chunks().stream()).toList();
        Map<ChunkId, PackPlace> like = new HashMap<>();
        group.forEach(append -> like.putAll(append.like()));
        long bytes = group.stream().mapToLong(Append::bytes).sum();
        try {
            List<PackPlace> places = chunks.isEmpty() ? List.of() : write(chunks, like, bytes);
            int from = 0;
            for (Append append : group) {
                int to = from + append.chunks().size();
                append.succeed(places.subList(from, to));
                from = to;
            }
        } catch (StorageException e) {
            group.forEach(append -> append.fail(e));
        } finally {
            group.stream().filter(append -> !append.isDone()).forEach(this::giveUp);
        }
    }

    /**
     * Keeps those who wait from waiting for ever after an error of the program or of the machine (such as no memory).
     */
    private void giveUp(Append append) {
        current = null;
        mended = false;
        append.fail(new StorageException("Writing below " + folder + " ended abruptly; see the log", false, null));
    }

    private Queue<Append> takeGroup() {
        Queue<Append> group = new ArrayDeque<>();
        long bytes = 0;
        while (!waiting.isEmpty() && (group.isEmpty() || bytes + waiting.element().bytes() <= GROUP_BYTES)) {
            Append next = waiting.remove();
            bytes += next.bytes();
            group.add(next);
        }
        return group;
    }

    private List<PackPlace> write(List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like, long bytes)
            throws StorageException {
        try {
            mend();
            if (current != null && !current.hasRoomFor(bytes)) {
                current.seal();
                current = null;
            }
            if (current == null) {
                current = create();
            }
            return current.append(chunks, like);
        } catch (IOException e) {
            StorageException failure = PackErrors.writing(folder, bytes, e);
            takeBack();
            throw failure;
        }
    }

    private OpenPack create() throws IOException {
        Folders.create(channels.disk(), folder);
        PackFile file = file(PackNames.next(PackNames.list(channels.disk(), folder)));
        OpenPack pack = new OpenPack(file, new PackList(), 0, PackFormat.VERSION);
        try {
            file.create();
            Folders.sync(channels.disk(), folder);
            return pack;
        } catch (IOException e) {
            channels.disk().delete(file.path());
            throw e;
        }
    }

    private void takeBack() {
        try {
            if (current != null) {
                OpenPack failed = current;
                current = failed.length() == 0 ? null : failed;
                failed.takeBack();
            }
        } catch (IOException e) {
            LOG.warn("Cannot take back what was half written below {}; it will be cut off before the next use", folder,
                    e);
            current = null;
            mended = false;
        }
    }

    /** Opens the newest pack, and cuts off what a crash left behind its last intact frame. */
    private void mend() throws IOException, StorageException {
        if (!mended) {
            List<String> names = PackNames.list(channels.disk(), folder);
            current = names.isEmpty() ? null : new PackMender(file(names.get(names.size() - 1))).mend();
            mended = true;
        }
    }
}
