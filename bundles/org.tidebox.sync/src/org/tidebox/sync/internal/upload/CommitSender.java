package org.tidebox.sync.internal.upload;

import java.util.List;
import java.util.random.RandomGenerator;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.trees.JournalPosition;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;

/**
 * Sends what a person asked for as commits without contents, beside the engine. Each names the newest mark that this
 * device knows, so a server that was set back refuses it, and the answer before counts as known too. What is kept on
 * disk about the journal stays the engine's alone. Not thread-safe.
 */
public final class CommitSender {
    private final Remote remote;
    private final LibraryId library;
    private final TreeStore trees;
    private final RandomGenerator random;
    private Mark answered;

    /** Makes one for a library; {@code trees} is the store of the folder that is bound to it. */
    public CommitSender(Remote remote, LibraryId library, TreeStore trees, RandomGenerator random) {
        this.remote = remote;
        this.library = library;
        this.trees = trees;
        this.random = random;
    }

    /**
     * Sends changes as one commit.
     *
     * @throws RemoteException {@code SET_BACK} if the server's history is not the one that this device has seen; then
     *         nothing of it was done
     */
    public CommitResult send(List<Change> changes) throws RemoteException, TreeStoreException {
        Commit commit = new Commit(CommitId.random(random), changes, newest());
        CommitResult result = remote.upload(library, () -> null, commit);
        if (result.mark() != null) {
            answered = result.mark();
        }
        return result;
    }

    private Mark newest() throws TreeStoreException {
        Mark seen = JournalPosition.of(trees).mark();
        return answered != null && (seen == null || seen.sequence() < answered.sequence()) ? answered : seen;
    }
}
