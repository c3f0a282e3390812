package org.tidebox.server.journal;

import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.tree.Node;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * What an account uses of its quota: its chunks as they are stored, the {@linkplain Node#weight() weights} of all versions
 * that are kept, and the answers to its commits. The one measure for contents and commits.
 */
public final class Usage {
    /** What may be renamed, moved and asked beyond the quota, so that somebody can still make room. */
    private static final long LEAST_RESERVE = 16 << 20;
    private static final int PART_FOR_RESERVE = 8;

    private final long quota;
    private final long used;

    private Usage(long quota, long used) {
        this.quota = quota;
        this.used = used;
    }

    /** Reads it. */
    public static Usage of(Stores stores, Account now) throws StorageException {
        // Who may use all there is need not wait for commits that are under way.
        return new Usage(now.quota(),
                now.quota() == 0 ? 0 : now.used() + stores.metadata().accounts().metadata(now.id()));
    }

    /**
     * Checks whether there is room.
     *
     * @throws ProblemException if there is not
     */
    public void check(long more) throws ProblemException {
        if (quota > 0 && more > quota - used) {
            throw full(more);
        }
    }

    /**
     * Judges what a commit adds. Deletions are always accepted: each takes no more than what it deletes.
     *
     * @param fresh the weight of versions with new contents or attributes
     * @param others the weight of other versions, and of the answer
     * @return what to throw, or {@code null}
     */
    ProblemException judge(long fresh, long others) {
        long left = quota - used;
        long reserve = Math.max(LEAST_RESERVE, quota / PART_FOR_RESERVE);
        boolean fits = quota == 0 || (fresh == 0 || fresh + others <= left) && fresh + others <= left + reserve;
        return fits ? null : full(fresh + others);
    }

    private ProblemException full(long more) {
        return new ProblemException(ProblemType.QUOTA_EXCEEDED, "The account may store " + quota
                + " bytes and has " + used + "; there is no room for " + more
                + " more. Ask the operator for a larger quota");
    }
}
