package org.tidebox.agent.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FileVersion;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.ServerConnection;
import org.tidebox.sync.SyncedNode;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;
import org.tidebox.wire.Messages.HistoryEntry;

/** Finds a file's node by its place on the disk, and asks the server for its versions. */
final class VersionList {
    private final OpenFolder folder;
    private final ServerConnection connection;

    VersionList(OpenFolder folder, ServerConnection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** Returns the versions of what lies at a path relative to the folder, newest first. */
    List<FileVersion> of(Path relative) throws AgentException, RemoteException, TreeStoreException {
        NodeId node = find(relative);
        TreeStore trees = folder.trees();
        List<FileVersion> versions = new ArrayList<>();
        for (HistoryEntry entry : connection.history(folder.definition().library(), node)) {
            Node state = entry.node();
            versions.add(new FileVersion(state.sequence(), place(trees, state), state.kind().name(),
                    state.kind() == NodeKind.FILE ? state.recipe().size() : 0, entry.device(), entry.time().toString(),
                    state.deleted()));
        }
        return versions;
    }

    private NodeId find(Path relative) throws AgentException, TreeStoreException {
        NodeId at = NodeId.ROOT;
        for (Path name : relative) {
            LocalNode child = folder.trees().childNamed(at, NodeName.normalize(name.toString()))
                    .orElseThrow(() -> new AgentException(
                            folder.root().resolve(relative) + " is not synchronised (yet), or gone"));
            at = child.id();
        }
        return at;
    }

    /** Returns where a version was, as far as the folders above it are still there. */
    private static String place(TreeStore trees, Node state) throws TreeStoreException {
        String path = state.name();
        NodeId parent = state.parent();
        while (!parent.equals(NodeId.ROOT)) {
            Map<NodeId, SyncedNode> found = trees.synced(List.of(parent));
            if (!found.containsKey(parent)) {
                return "…/" + path;
            }
            Node folder = found.get(parent).node();
            path = folder.name() + "/" + path;
            parent = folder.parent();
        }
        return path;
    }
}
