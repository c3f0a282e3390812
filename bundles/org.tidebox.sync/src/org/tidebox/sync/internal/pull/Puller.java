package org.tidebox.sync.internal.pull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.trees.JournalPosition;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;
import org.tidebox.wire.PushedChanges;

/** Brings the remote tree up to the library's head. Trusts nothing that could reach the disk. */
public final class Puller {
    private final Remote remote;
    private final LibraryId library;
    private final Trees trees;
    private final Problems problems;
    /** What was sent without an answer coming back: if it turns up in the journal, it is our own change and no news. */
    private final Map<NodeId, Node> unanswered = new HashMap<>();
    /** The same, as far as it was noted before a crash. */
    private SentContents sent = SentContents.decode("");

    /** Prepares for a library. */
    public Puller(Remote remote, LibraryId library, Trees trees, Problems problems) {
        this.remote = remote;
        this.library = library;
        this.trees = trees;
        this.problems = problems;
    }

    /** Remembers changes whose fate is not known, because the answer got lost. */
    public void unanswered(List<Node> sent) {
        sent.forEach(node -> unanswered.put(node.id(), node));
    }

    /** Forgets all that was sent: after a fresh start no node goes by the id that it had. */
    public void forgetUnanswered() {
        unanswered.clear();
    }

    /**
     * Pulls.
     *
     * @param pushed what the server has told already; counts as the first page if it goes on from here, and may be
     *        {@code null}
     * @return the head that was reached
     * @throws RemoteException {@code SET_BACK} if the library's history is not the one that was seen before
     */
    public long pull(Stop stop, PushedChanges pushed)
            throws RemoteException, TreeStoreException, InterruptedException {
        long cursor = trees.store().cursor();
        sent = SentContents.decode(trees.store().fact(SentContents.FACT).orElse(""));
        PushedChanges first = pushed;
        while (true) {
            stop.check();
            JournalPosition seen = JournalPosition.of(trees.store());
            ChangePage page = page(cursor, seen, first);
            first = null;
            checkHead(page.head(), Math.max(cursor, seen.sequence()));
            take(page, seen);
            if (page.upTo() >= page.head()) {
                forgetSent();
                return page.upTo();
            }
            if (page.upTo() <= cursor) {
                throw new RemoteException(RemoteException.Reason.FAILED,
                        "The server sent an empty page of changes after " + cursor, null);
            }
            cursor = page.upTo();
        }
    }

    /** Where this device has sent more than it was told, only the server can say what came of it. */
    private ChangePage page(long cursor, JournalPosition seen, PushedChanges pushed) throws RemoteException {
        boolean isAtMark = seen.mark() != null && seen.sequence() == cursor;
        if (pushed != null && isAtMark && unanswered.isEmpty() && sent.isEmpty()) {
            Optional<ChangePage> page = pushed.after(seen.mark());
            if (page.isPresent()) {
                return page.get();
            }
        }
        return remote.changes(library, cursor, seen.mark());
    }

    /** A server that knows no marks tells at least where it is. */
    private static void checkHead(long head, long seen) throws RemoteException {
        if (head < seen) {
            throw new RemoteException(RemoteException.Reason.SET_BACK, "The server's library is at change " + head
                    + ", but this device has already seen change " + seen
                    + ": the server was set back to an older state", null);
        }
    }

    private void forgetSent() throws TreeStoreException {
        unanswered.clear();
        if (!sent.isEmpty()) {
            trees.store().write(new TreeUpdate().fact(SentContents.FACT, null));
        }
    }

    private void take(ChangePage page, JournalPosition seen) throws TreeStoreException {
        trees.load(page.nodes().stream().map(Node::id).toList());
        for (Node node : page.nodes()) {
            Optional<Obstacle> refusal = refusal(node);
            if (refusal.isPresent()) {
                problems.skipped(node.id(),
                        List.of(new Problem(node.name().replaceAll("\\p{Cntrl}", "?"), refusal.get())));
            } else {
                take(node);
            }
        }
        trees.cursor(page.upTo());
        if (seen.isOlderThan(page.mark())) {
            trees.fact(JournalPosition.FACT, page.mark().toHex());
        }
        trees.flush();
    }

    private void take(Node node) throws TreeStoreException {
        Triple triple = trees.triple(node.id());
        problems.clear(node.id());
        if (node.kind() != NodeKind.FOLDER) {
            problems.skipped(node.id(), List.of());
        }
        if (triple.base() != null && triple.base().sequence() >= node.sequence()) {
            return;
        }
        trees.put(isOwn(node) ? triple.accepted(node) : triple.withRemote(node));
    }

    private boolean isOwn(Node node) {
        Node own = unanswered.get(node.id());
        return own != null && own.withSequence(node.sequence()).equals(node) || sent.has(node);
    }

    private Optional<Obstacle> refusal(Node node) throws TreeStoreException {
        Node base = trees.triple(node.id()).base();
        if (node.id().equals(NodeId.ROOT)) {
            return Optional.of(new Obstacle.ServerChangedRoot());
        }
        if (node.parent().equals(node.id())) {
            return Optional.of(new Obstacle.ServerMadeCircle());
        }
        if (base != null && base.kind() != node.kind()) {
            return Optional
                    .of(new Obstacle.ServerChangedKind(base.kind().name(), node.kind().name()));
        }
        if (node.parent().equals(NodeId.ROOT) && node.name().equalsIgnoreCase(FolderMarker.FOLDER)) {
            return Optional.of(new Obstacle.ServerUsedReservedName(FolderMarker.FOLDER));
        }
        try {
            NodeName.check(node.name());
            if (node.recipe() != null) {
                node.recipe().size();
            }
            return Optional.empty();
        } catch (BadNameException e) {
            return Optional.of(new Obstacle.ServerSentBadName(e.getMessage()));
        } catch (ArithmeticException e) {
            return Optional.of(new Obstacle.ServerSentEndless());
        }
    }
}
