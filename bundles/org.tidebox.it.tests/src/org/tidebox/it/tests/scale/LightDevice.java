package org.tidebox.it.tests.scale;

import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.Remote.ChunkStream;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.LibraryEvent;

/** A device without a disk: says what real ones say, over a real connection of its own, and listens to the news. */
public final class LightDevice implements EventListener, AutoCloseable {
    private static final Attributes ATTRIBUTES = new Attributes(0644, 1_700_000_000_000_000_000L);

    private final ServerConnection connection;
    private final Random random;
    private final Noise noise;
    private final Timings pushes;
    private final LibraryId library;
    private final CountDownLatch connected = new CountDownLatch(1);
    private final NavigableMap<Long, Long> expected = new TreeMap<>();
    private long head;

    /** Begins to listen; tells how long after a commit's answer the news came. */
    public LightDevice(ServerConnection connection, Random random, Timings pushes) throws RemoteException {
        this.connection = connection;
        this.random = random;
        this.noise = new Noise(random);
        this.pushes = pushes;
        this.library = connection.createLibrary("papers", LibraryKind.SYNC).id();
        connection.events(this);
    }

    /** Waits until the server has begun the stream of news. */
    boolean isListening() throws InterruptedException {
        return connected.await(60, TimeUnit.SECONDS);
    }

    /** Makes a file of one chunk and returns its sequence. */
    public long change(int length) throws RemoteException {
        EncodedChunk chunk = noise.chunk(length);
        Node file = Node.file(newId(), NodeId.ROOT, "file " + chunk.id(), ATTRIBUTES,
                new Recipe("fastcdc", 0, List.of(new RecipeEntry(chunk.id(), chunk.rawLength()))));
        return commit(List.of(new Whole(chunk, 0)).iterator(), file);
    }

    /** Sends chunks that belong to no file yet. */
    void upload(ChunkStream chunks) throws RemoteException {
        connection.upload(library, chunks, null);
    }

    Noise noise() {
        return noise;
    }

    /** From now on somebody else's change should be heard of. */
    synchronized void expect(long sequence, long answered) {
        if (head >= sequence) {
            pushes.add(0);
        } else {
            expected.put(sequence, answered);
        }
    }

    synchronized boolean hasHeardAll() {
        return expected.isEmpty();
    }

    @Override
    public void connected() {
        connected.countDown();
    }

    @Override
    public synchronized void event(LibraryEvent event) {
        if (event.library().equals(library)) {
            head = Math.max(head, event.head());
            NavigableMap<Long, Long> heard = expected.headMap(head, true);
            long now = System.nanoTime();
            heard.values().forEach(answered -> pushes.add(now - answered));
            heard.clear();
        }
    }

    @Override
    public void disconnected(RemoteException why) {
        // The next connection tells the heads anew.
    }

    @Override
    public void close() {
        connection.close();
    }

    private long commit(Iterator<Whole> chunks, Node file) throws RemoteException {
        Commit commit = new Commit(newCommit(), List.of(new Change(0, file)));
        Outcome outcome = connection.upload(library, () -> chunks.hasNext() ? chunks.next() : null, commit).outcomes()
                .get(0);
        if (!outcome.isAccepted()) {
            throw new IllegalStateException("the change came back: " + outcome.conflict());
        }
        return outcome.sequence();
    }

    private synchronized NodeId newId() {
        return NodeId.random(random);
    }

    private synchronized CommitId newCommit() {
        return CommitId.random(random);
    }
}
