package org.tidebox.sync.internal.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.TreeStore.Differences;
import org.tidebox.sync.folder.ConflictCopy;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.SyncListener;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.folder.WorkLeft;
import org.tidebox.tree.NodeId;

/** What a sync folder shows of its work. Thread-safe. */
public final class Progress {
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final SyncListener listener;
    private final Map<NodeId, Transfer> transfers = new LinkedHashMap<>();
    private final List<ConflictCopy> conflicts = new ArrayList<>();
    private FolderState state = FolderState.IDLE;
    private FolderMessage message;
    private long uploads;
    private long downloads;
    private long heldUploads;
    private long heldDownloads;
    private long cursor;
    private long head;
    private SyncTotals totals = SyncTotals.NONE;
    private long looked;
    private long known;
    private long planned;
    private long told;
    private boolean toldBefore;
    private final AtomicInteger asking = new AtomicInteger();
    private volatile long lastStep = System.nanoTime();

    /** Begins with nothing done. */
    public Progress(SyncListener listener) {
        this.listener = listener;
    }

    /** A small step of long work is done: it gets on. */
    public void step() {
        lastStep = System.nanoTime();
    }

    /** The server is asked. */
    public void asks() {
        asking.incrementAndGet();
        step();
    }

    /** The server has answered, or not. */
    public void hasAsked() {
        asking.decrementAndGet();
        step();
    }

    /** Returns how long it has not got on. */
    public Pulse pulse() {
        return new Pulse(Duration.ofNanos(System.nanoTime() - lastStep), asking.get() > 0);
    }

    /** Sets what is going on. */
    public void state(FolderState newState, FolderMessage newMessage) {
        step();
        synchronized (this) {
            state = newState;
            message = newMessage;
        }
        listener.changed();
    }

    /** Sets what is left to do. */
    public void pending(Differences differences, long newCursor) {
        synchronized (this) {
            uploads = differences.local();
            downloads = differences.remote();
            cursor = newCursor;
            head = Math.max(head, newCursor);
        }
        tell();
    }

    /** Sets how much of what is left to do the rules hold back; nobody should wait for that. */
    public synchronized void held(long newUploads, long newDownloads) {
        heldUploads = newUploads;
        heldDownloads = newDownloads;
    }

    /** A head of the library was heard of. */
    public synchronized void head(long newHead) {
        head = Math.max(head, newHead);
    }

    /** A content sets out. */
    public void begin(NodeId id, String path, boolean upload, long total) {
        synchronized (this) {
            transfers.put(id, new Transfer(path, upload, 0, total));
        }
        tell();
    }

    /** Some more bytes of a content are dealt with. */
    public void advance(NodeId id, long bytes) {
        synchronized (this) {
            transfers.computeIfPresent(id,
                    (key, old) -> new Transfer(old.path(), old.upload(), old.done() + bytes, old.total()));
        }
        tell();
    }

    /** A content is on its way no longer. */
    public void end(NodeId id) {
        synchronized (this) {
            transfers.remove(id);
        }
        tell();
    }

    /** Nothing is on its way any more. */
    public synchronized void endAll() {
        transfers.clear();
    }

    /** Adds to what was done. */
    public synchronized void add(SyncTotals more) {
        step();
        planned = Math.max(0, planned - more.bytesDown());
        totals = new SyncTotals(totals.filesUp() + more.filesUp(), totals.bytesUp() + more.bytesUp(),
                totals.filesDown() + more.filesDown(), totals.bytesDown() + more.bytesDown(),
                totals.changesUp() + more.changesUp(),
                totals.changesDown() + more.changesDown(), totals.filesRead() + more.filesRead());
    }

    /** A conflict copy was made. */
    public void conflict(ConflictCopy copy) {
        synchronized (this) {
            conflicts.add(copy);
        }
        done(DoneStep.Action.CONFLICT, copy.path(), false, 0);
    }

    /** Tells of something that was done. */
    public void done(DoneStep.Action action, String path, boolean upload, long bytes) {
        listener.done(new DoneStep(action, path, upload, bytes));
    }

    /**
     * A scan begins.
     *
     * @param newKnown how many entries it may find; 0 where that is not known
     */
    public synchronized void scanning(long newKnown) {
        looked = 0;
        known = newKnown;
    }

    /** The scan has looked at some entries. */
    public synchronized void looked(int entries) {
        looked += entries;
    }

    /** So many bytes of contents are to be fetched from now on. */
    public synchronized void planned(long bytes) {
        planned = bytes;
    }

    /** Returns how much there is to do. */
    public synchronized WorkLeft left() {
        return new WorkLeft(looked, known, planned);
    }

    /** Returns what was done so far. */
    public synchronized SyncTotals totals() {
        return totals;
    }

    /** Returns a snapshot. */
    public synchronized FolderStatus status(List<Problem> problems, int failures) {
        boolean resting = state == FolderState.IDLE;
        // What failed and waits for another try is listed as a problem; nobody should wait for it.
        long failed = resting ? failures : 0;
        return new FolderStatus(state, message,
                Math.max(0, uploads - heldUploads - failed),
                Math.max(0, downloads - heldDownloads - failed), List.copyOf(transfers.values()), totals, cursor, head,
                problems,
                conflicts);
    }

    private void tell() {
        step();
        synchronized (this) {
            long now = System.nanoTime();
            if (toldBefore && now - told < PAUSE) {
                return;
            }
            told = now;
            toldBefore = true;
        }
        listener.changed();
    }
}
