package org.tidebox.sync.past;

import java.time.Instant;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Messages.HistoryEntry;

/**
 * A node in the trash, without its content.
 *
 * @param id the node
 * @param sequence of its deletion
 * @param parent the folder that it was in
 * @param name the name that it had
 * @param kind what it was
 * @param size of a file in bytes, else 0
 * @param device who deleted it
 * @param time when
 */
public record Deleted(NodeId id, long sequence, NodeId parent, String name, NodeKind kind, long size, String device,
        Instant time) {
    static Deleted of(HistoryEntry entry) {
        Node node = entry.node();
        return new Deleted(node.id(), node.sequence(), node.parent(), node.name(), node.kind(),
                node.recipe() == null ? 0 : node.recipe().size(), entry.device(), entry.time());
    }
}
