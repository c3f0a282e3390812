package org.tidebox.agent.internal.history;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.ConflictException;
import org.tidebox.sync.conflict.ConflictGroup;
import org.tidebox.sync.conflict.Settlement;
import org.tidebox.sync.conflict.Texts;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;

/** Settles conflicts of one folder on the server. What shall stay gets its place before the rest goes. */
final class ConflictSettler {
    private final FolderPast past;
    private final Ownership mine;
    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Tells whether a copy was made on this device. */
    interface Ownership {
        boolean has(Conflict conflict) throws TreeStoreException;
    }

    ConflictSettler(FolderPast past, Ownership mine, ChunkerRegistry chunkers, InstantSource clock,
            RandomGenerator random) {
        this.past = past;
        this.mine = mine;
        this.chunkers = chunkers;
        this.clock = clock;
        this.random = random;
    }

    /** Settles all copies of one file; returns the library's head afterwards. */
    long settle(ConflictGroup group, ConflictChoice choice)
            throws RemoteException, TreeStoreException, ConflictException {
        if (choice == ConflictChoice.BOTH) {
            long head = 0;
            for (Conflict copy : group.copies()) {
                head = settlement(copy).keepBoth();
            }
            return head;
        }
        if (choice == ConflictChoice.NEWEST) {
            Conflict last = group.lastModified();
            return last == null
                    ? letGo(group.copies(), null, 0)
                    : letGo(group.copies(), last,
                            settlement(last).keepCopy());
        }
        if (group.byDevice().size() > 1) {
            throw new ConflictException(new Obstacle.SeveralCopies(group.originalPath(), group.byDevice().size()),
                    true);
        }
        Conflict newest = group.newest();
        return letGo(group.copies(), newest, settle(newest, choice));
    }

    private long settle(Conflict conflict, ConflictChoice choice)
            throws RemoteException, TreeStoreException, ConflictException {
        Settlement settlement = settlement(conflict);
        boolean markers = choice == ConflictChoice.MERGE_WITH_MARKERS;
        if (markers || choice == ConflictChoice.MERGE) {
            return settlement.merge(new Texts(past.connection(), past.connection(), past.library(), chunkers, random),
                    now(), markers);
        }
        return mine.has(conflict) == (choice == ConflictChoice.MINE)
                ? settlement.keepCopy()
                : settlement.keepOriginal();
    }

    private long letGo(List<Conflict> copies, Conflict settled, long head)
            throws RemoteException, TreeStoreException, ConflictException {
        long last = head;
        for (Conflict copy : copies) {
            if (copy != settled) {
                last = settlement(copy).letCopyGo();
            }
        }
        return last;
    }

    private Settlement settlement(Conflict conflict) throws TreeStoreException, ConflictException {
        return new Settlement(past.connection(), past.library(), past.folder().trees(), random, conflict);
    }

    private long now() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
