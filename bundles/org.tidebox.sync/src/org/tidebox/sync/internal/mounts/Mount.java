package org.tidebox.sync.internal.mounts;

import java.nio.file.Path;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.tree.NodeId;

/**
 * A folder in which a file system is mounted inside a sync folder, or was, as it was found last.
 *
 * @param id the folder's node
 * @param mark what the file system is known by, as the database has it; {@link #NONE} if the folder's own entries are
 *        what is synchronised, and something is mounted over them
 * @param state how it is
 * @param path where it is
 * @param key the inode of the folder, as long as it is open
 * @param device of the folder, likewise
 * @param entries how many are known to be in it, as long as it is to be left alone
 * @param reason why it does not answer, if so
 */
public record Mount(NodeId id, String mark, State state, Path path, String key, long device, long entries,
        Obstacle reason) {
    /** The mark of no file system. */
    static final String NONE = "-";

    /** How a mount is. */
    enum State {
        /** Nobody has looked yet. */
        UNKNOWN,
        /** It is there, and the right one. */
        OPEN,
        /** It is not there. */
        MISSING,
        /** Another file system is there. */
        OTHER,
        /** A file system is mounted over entries that are synchronised. */
        COVERED,
        /** It is there, and does not answer. */
        BROKEN
    }

    static Mount of(NodeId id, String mark) {
        return new Mount(id, mark, State.UNKNOWN, null, "", DiskEntry.ANY_DEVICE, 0, null);
    }

    Mount found(State newState, Path newPath, Obstacle newReason) {
        return new Mount(id, mark, newState, newPath, "", DiskEntry.ANY_DEVICE, entries, newReason);
    }

    Mount at(Path newPath) {
        return new Mount(id, mark, state, newPath, key, device, entries, reason);
    }

    Mount withEntries(long count) {
        return new Mount(id, mark, state, path, key, device, count, reason);
    }

    Mount open(DiskEntry entry, Path newPath) {
        return new Mount(id, mark, State.OPEN, newPath, entry.stamp().key(), entry.device(), 0, null);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Returns whether it has to be left alone. */
    boolean isAway() {
        return state != State.OPEN && state != State.UNKNOWN;
    }
}
