package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.upload.CommitSender;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Node;
import org.tidebox.wire.Limits;

/**
 * Tells the server changes that belong together. Each counts only for the version that was looked at; where one is
 * refused, those before it are taken back. Not thread-safe.
 */
final class Changes {
    private final CommitSender sender;
    private final String path;
    private long head;

    /** Makes one without any changes; {@code path} is what messages call it. */
    Changes(CommitSender sender, String path) {
        this.sender = sender;
        this.path = path;
    }

    /**
     * A change.
     *
     * @param before as it was looked at
     * @param wanted as it is to be
     */
    record Step(Node before, Node wanted) {
        Change change() {
            return new Change(before.sequence(), wanted.withSequence(0));
        }
    }

    /** Returns the library's head after what was told so far. */
    long head() {
        return head;
    }

    /** Tells one change. */
    void tell(Node before, Node wanted) throws RemoteException, TreeStoreException, ConflictException {
        tell(List.of(new Step(before, wanted)));
    }

    /** Tells changes in this order. */
    void tell(List<Step> steps) throws RemoteException, TreeStoreException, ConflictException {
        List<Change> undo = new ArrayList<>();
        for (int from = 0; from < steps.size(); from += Limits.MAX_CHANGES) {
            List<Step> some = steps.subList(from, Math.min(steps.size(), from + Limits.MAX_CHANGES));
            List<Outcome> outcomes = send(some.stream().map(Step::change).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).isAccepted()) {
                    undo.add(new Change(outcomes.get(i).sequence(), some.get(i).before().withSequence(0)));
                }
            }
            for (int i = 0; i < outcomes.size(); i++) {
                if (!outcomes.get(i).isAccepted()) {
                    takeBack(undo.reversed());
                    throw refused(some.get(i), outcomes.get(i));
                }
            }
        }
    }

    private List<Outcome> send(List<Change> changes) throws RemoteException, TreeStoreException {
        CommitResult result = sender.send(changes);
        head = Math.max(head, result.head());
        return result.outcomes();
    }

    /** What somebody else has changed again meanwhile stays as they made it. */
    private void takeBack(List<Change> changes) throws RemoteException, TreeStoreException {
        for (int from = 0; from < changes.size(); from += Limits.MAX_CHANGES) {
            send(changes.subList(from, Math.min(changes.size(), from + Limits.MAX_CHANGES)));
        }
    }

    private ConflictException refused(Step step, Outcome outcome) {
        String name = step.wanted().name();
        return new ConflictException(switch (outcome.conflict().reason()) {
            case STALE -> new Obstacle.ChangedMeanwhile(path, name);
            case NAME_TAKEN -> new Obstacle.NameInTheWay(path, name);
            case NOT_EMPTY -> new Obstacle.FolderFilledMeanwhile(path, name);
            default -> new Obstacle.NotSettledByServer(path);
        }, false);
    }
}
