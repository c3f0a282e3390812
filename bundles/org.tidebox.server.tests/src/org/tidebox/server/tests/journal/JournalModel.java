package org.tidebox.server.tests.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** A library in a map, with the rules written down as plainly as possible; no chunks. */
final class JournalModel {
    final Map<NodeId, Node> nodes = new HashMap<>();
    long head;

    CommitResult commit(List<Change> changes) {
        Map<NodeId, Long> before = new HashMap<>();
        nodes.forEach((id, node) -> before.put(id, node.sequence()));
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : changes) {
            outcomes.add(apply(change, before.getOrDefault(change.node().id(), 0L)));
        }
        return new CommitResult(head, outcomes);
    }

    List<Node> inOrder() {
        return nodes.values().stream().sorted(Comparator.comparingLong(Node::sequence)).toList();
    }

    private Outcome apply(Change change, long before) {
        Node wanted = change.node();
        Node now = nodes.get(wanted.id());
        long sequence = now == null ? 0 : now.sequence();
        if (change.base() != sequence && change.base() != before || wanted.deleted() && now == null) {
            return Outcome.rejected(Reason.STALE, now);
        }
        if (wanted.deleted()) {
            wanted = now.withDeleted(true);
        }
        if (now != null && now.withSequence(0).equals(wanted.withSequence(0))) {
            return Outcome.accepted(sequence);
        }
        Reason broken = brokenRule(now, wanted);
        if (broken != null) {
            Node other = broken == Reason.NAME_TAKEN ? holder(wanted) : broken == Reason.NO_PARENT ? null : now;
            return Outcome.rejected(broken, other);
        }
        head++;
        nodes.put(wanted.id(), wanted.withSequence(head));
        return Outcome.accepted(head);
    }

    private Reason brokenRule(Node now, Node wanted) {
        boolean hasChildren = nodes.values().stream()
                .anyMatch(node -> !node.deleted() && node.parent().equals(wanted.id()));
        if (hasChildren && (wanted.deleted() || wanted.kind() != NodeKind.FOLDER)) {
            return Reason.NOT_EMPTY;
        }
        if (wanted.deleted()) {
            return null;
        }
        if (wanted.parent().equals(wanted.id()) || now != null && isBelow(wanted.parent(), wanted.id())) {
            return Reason.CYCLE;
        }
        Node parent = nodes.get(wanted.parent());
        boolean isFolder = wanted.parent().equals(NodeId.ROOT)
                || parent != null && !parent.deleted() && parent.kind() == NodeKind.FOLDER;
        if (!isFolder) {
            return Reason.NO_PARENT;
        }
        return holder(wanted) == null ? null : Reason.NAME_TAKEN;
    }

    private Node holder(Node wanted) {
        return nodes.values().stream()
                .filter(node -> !node.deleted() && node.samePlace(wanted) && !node.id().equals(wanted.id()))
                .findAny().orElse(null);
    }

    private boolean isBelow(NodeId place, NodeId folder) {
        for (Node at = nodes.get(place); at != null; at = nodes.get(at.parent())) {
            if (at.id().equals(folder)) {
                return true;
            }
        }
        return false;
    }
}
