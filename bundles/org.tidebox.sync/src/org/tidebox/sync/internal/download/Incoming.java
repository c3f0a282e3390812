package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.Holes;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.Recipe;

/**
 * A file being put together in the temporary folder. Open only while somebody writes it, so that a batch may hold many.
 * Thread-safe as far as pieces are concerned: several windows may write one file.
 */
final class Incoming {
    /** After so many bytes the medium gets to work, so that not all is left for the end. */
    private static final long FORCE_AFTER = 32 << 20;
    /** Below this, asking for room costs more than being refused. */
    private static final long LARGE = 1 << 20;

    private final Node node;
    private final ConfinedRoot confined;
    private final Threads threads;
    private final Path temporary;
    private FileChannel channel;
    private int writers;
    private boolean isMade;
    private boolean isPlaced;
    private long received;
    private long end;
    private long unforced;
    private FutureTask<Void> forcing;
    private volatile Obstacle failure;
    private ExtendedAttributes held;

    Incoming(Node node, ConfinedRoot confined, Path folder, Threads threads) {
        this.node = node;
        this.confined = confined;
        this.threads = threads;
        this.temporary = folder.resolve(node.id().toHex());
    }

    Node node() {
        return node;
    }

    Path temporary() {
        return temporary;
    }

    /** Returns the extended attributes that it was given; {@code null} if they are not known. */
    ExtendedAttributes held() {
        return held;
    }

    void held(ExtendedAttributes given) {
        held = given;
    }

    Obstacle failure() {
        return failure;
    }

    synchronized void fail(Obstacle reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Begins anew without any piece, if there will be room for all of it: nothing should travel in vain. */
    synchronized void begin() throws IOException {
        isMade = false;
        received = 0;
        end = 0;
        unforced = 0;
        settle();
        long room = node.recipe().size() < LARGE ? 0 : room(node.recipe());
        if (room >= LARGE && Files.getFileStore(temporary.getParent()).getUsableSpace() < room) {
            throw new ObstacleException(new Obstacle.NoRoom());
        }
    }

    /** Returns how much room a content takes for sure: what repeats may be holes, and then nobody can tell. */
    private static long room(Recipe recipe) {
        Set<ChunkId> seen = new HashSet<>();
        boolean repeats = recipe.entries().stream().anyMatch(entry -> !seen.add(entry.id()));
        return repeats ? 0 : recipe.size();
    }

    /** Prepares to write some pieces; {@link #close} must follow. */
    synchronized void open() throws IOException {
        if (channel == null) {
            channel = isMade ? confined.open(temporary) : make();
            isMade = true;
        }
        writers++;
    }

    private FileChannel make() throws IOException {
        try {
            return confined.create(temporary);
        } catch (FileAlreadyExistsException e) {
            // An attempt before this one left it.
            confined.delete(temporary);
            return confined.create(temporary);
        }
    }

    /** Writes a piece of a file that is open. */
    void write(long offset, ByteBuffer raw) throws IOException {
        long written = Holes.write(opened(), offset, raw);
        synchronized (this) {
            end = Math.max(end, written);
            received += raw.remaining();
            unforced += raw.remaining();
            if (unforced >= FORCE_AFTER && (forcing == null || forcing.isDone())) {
                forceEarly();
            }
        }
    }

    /** Only the force at the end makes a promise, but a failure of this one may be told just once, so it counts. */
    private void forceEarly() throws IOException {
        settle();
        unforced = 0;
        forcing = new FutureTask<>(() -> {
            Durability.force(confined, temporary);
            return null;
        });
        threads.start("tidebox-force", forcing);
    }

    /** Waits for what began earlier. */
    private void settle() throws IOException {
        FutureTask<Void> last = forcing;
        forcing = null;
        try {
            if (last != null) {
                last.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file was made durable");
        }
    }

    private synchronized FileChannel opened() {
        return channel;
    }

    /** Takes a piece that is all zeros: it becomes a hole. */
    synchronized void skip(long length) {
        received += length;
    }

    /** Returns whether all pieces came, and nothing failed. */
    synchronized boolean isWhole() {
        return failure == null && received == node.recipe().size();
    }

    /** Ends the writing. Where a hole comes last, the file is still too short. */
    synchronized void complete() throws IOException {
        settle();
        long size = node.recipe().size();
        if (received != size) {
            throw new ObstacleException(new Obstacle.ServerSentPart());
        }
        if (end < size || !isMade) {
            open();
            try {
                if (end < size) {
                    channel.write(ByteBuffer.allocate(1), size - 1);
                }
            } finally {
                close();
            }
        }
    }

    /** One who opened it is done. */
    synchronized void close() throws IOException {
        writers--;
        if (writers == 0) {
            FileChannel last = channel;
            channel = null;
            last.close();
        }
    }

    /** It has its place, and lies in the temporary folder no longer. */
    void placed() {
        isPlaced = true;
    }

    /** Removes it, if it has not got its place. Nobody may write it any more. */
    void discard() {
        if (isPlaced) {
            return;
        }
        try {
            settle();
            confined.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next start cleans the folder.
            fail(Reasons.of(e));
        }
    }
}
