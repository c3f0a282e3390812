package org.tidebox.sync.internal.held;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;

/**
 * When things were transferred last, in each direction: the begin of a run that looked at everything and left nothing
 * but what rules hold. Uploads are told by this device's clock, which also gives files their times; downloads by the
 * library's sequence, so that no clock of another device matters.
 */
public final class LastTransfer {
    /** The fact that tells it of uploads, as a time. */
    public static final String UP = "transfer.up";
    /** The fact that tells it of downloads, as a sequence. */
    public static final String DOWN = "transfer.down";
    private final TreeStore store;
    private boolean known;
    private Instant up;
    private long down;

    LastTransfer(TreeStore store) {
        this.store = store;
    }

    /** Forgets what was read of the store, which somebody else has changed. */
    void forget() {
        known = false;
    }

    /** Returns whether the clock was set back behind the last upload, so that nothing can be told by times. */
    boolean isAhead(Instant now) throws TreeStoreException {
        read();
        return up != null && up.isAfter(now);
    }

    /** Returns whether an entry of the disk surely was there before the last upload. */
    boolean hadToGo(DiskStamp stamp, Instant now) throws TreeStoreException {
        read();
        // A folder has no time of its own; a content that may have changed since it was looked at, none that counts.
        boolean isTimed = !stamp.isDoubtful() && stamp.mtime() != 0;
        return isTimed && up != null && !isAhead(now)
                && time(Math.max(stamp.mtime(), stamp.ctime())).isBefore(up.minus(StampResolution.COARSEST));
    }

    /** Returns whether a node of the server was there before the last download. */
    boolean hadToCome(Node node) throws TreeStoreException {
        read();
        return node.sequence() <= down;
    }

    /**
     * Notes that a transfer was completed.
     *
     * @param began when an upload of everything began, or {@code null} if that was none
     * @param sequence up to which downloads are done, or 0 if they are not
     */
    void done(Instant began, long sequence) throws TreeStoreException {
        read();
        TreeUpdate update = new TreeUpdate();
        if (began != null) {
            up = began;
            update.fact(UP, began.toString());
        }
        if (sequence > down) {
            down = sequence;
            update.fact(DOWN, Long.toString(sequence));
        }
        if (!update.isEmpty()) {
            store.write(update);
        }
    }

    private void read() throws TreeStoreException {
        if (!known) {
            up = store.fact(UP).map(Instant::parse).orElse(null);
            down = store.fact(DOWN).map(Long::parseLong).orElse(0L);
            known = true;
        }
    }

    private static Instant time(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, second), Math.floorMod(nanos, second));
    }
}
