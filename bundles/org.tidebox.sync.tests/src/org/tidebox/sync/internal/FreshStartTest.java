package org.tidebox.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What a device knew of a server that was set back is forgotten wholly: a rest would hide what the server has now. */
@Tag("C1")
class FreshStartTest {
    private final MemoryTreeStore store = new MemoryTreeStore();

    @Test
    void nothingIsLeftEvenOfWhatLiesInFoldersThatAreGone() throws Exception {
        Node gone = folder(1, NodeId.ROOT);
        Node inGone = folder(2, gone.id());
        Node deep = folder(3, inGone.id());
        Node here = folder(4, NodeId.ROOT);
        Node inHere = folder(5, here.id());
        TreeUpdate update = new TreeUpdate();
        for (Node node : new Node[]{gone, inGone, deep, here, inHere}) {
            update.synced(node.id(), new SyncedNode(node, node.name(), DiskStamp.UNKNOWN));
        }
        update.local(gone.id(), LocalNode.of(gone, DiskStamp.UNKNOWN).withDeleted(true));
        update.remote(inHere.id(), inHere.withDeleted(true).withSequence(9));
        store.write(update.cursor(9));
        new FreshStart(store).begin();
        assertThat(store.syncedCount()).isZero();
        assertThat(store.differences().isEmpty()).isTrue();
        assertThat(store.cursor()).isZero();
    }

    private static Node folder(int number, NodeId parent) {
        byte[] id = new byte[NodeId.LENGTH];
        id[0] = (byte) number;
        return new Node(new NodeId(id), number, parent, "folder " + number, NodeKind.FOLDER, new Attributes(0755, 1),
                null, null, false);
    }
}
