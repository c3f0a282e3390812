package org.tidebox.agent.internal.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.TrashEntry;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.past.Versions;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/** The past of one sync folder, asked by the paths that people know. Reads only; for one command. */
final class FolderPast {
    private final OpenFolder folder;
    private final ServerConnection connection;
    private Trash trash;

    FolderPast(OpenFolder folder, ServerConnection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    OpenFolder folder() {
        return folder;
    }

    ServerConnection connection() {
        return connection;
    }

    LibraryId library() {
        return folder.definition().library();
    }

    /** Returns the names on the way from the folder's root to a path; none for the root. */
    List<String> names(Path path) {
        return names(folder, path);
    }

    /** Returns the names on the way from a folder's root to a path; none for the root. */
    static List<String> names(OpenFolder folder, Path path) {
        Path relative = SyncFolders.real(folder.root()).relativize(SyncFolders.real(path));
        List<String> names = new ArrayList<>();
        relative.forEach(name -> {
            if (!name.toString().isEmpty()) {
                names.add(NodeName.normalize(name.toString()));
            }
        });
        return names;
    }

    /** Returns what lies at a place now: here, or on the server where it is not here. */
    Optional<NodeId> live(List<String> names) throws TreeStoreException {
        TreeStore trees = folder.trees();
        NodeId at = NodeId.ROOT;
        for (String name : names) {
            Optional<NodeId> here = trees.childNamed(at, name).map(LocalNode::id);
            Optional<NodeId> next = here.isPresent() ? here : trees.remoteChildNamed(at, name).map(Node::id);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** Returns what was at a place last, under the names that it and the folders above it had then. */
    private Optional<NodeId> former(List<String> names) throws RemoteException, TreeStoreException {
        NodeId at = NodeId.ROOT;
        for (String name : names) {
            Optional<NodeId> here = folder.trees().childNamed(at, name).map(LocalNode::id);
            Optional<NodeId> next = here.isPresent()
                    ? here
                    : connection.formerly(library(), at, name).stream().findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** Returns whether a node is known to be deleted here, though the server may not have heard of it. */
    boolean isGone(NodeId id) throws TreeStoreException {
        LocalNode local = folder.trees().local(List.of(id)).get(id);
        return local != null && local.deleted();
    }

    /** Returns the trash, which is read once. */
    Trash trash() throws RemoteException {
        if (trash == null) {
            trash = Trash.open(connection, library(), folder.trees());
        }
        return trash;
    }

    /** Returns what was deleted at a place. */
    Optional<Trash.Item> deleted(List<String> names) throws RemoteException, TreeStoreException {
        return names.isEmpty() ? Optional.empty() : trash().byPath(String.join("/", names));
    }

    /** Returns the versions of what is or was at a place, newest first. */
    List<FileVersion> versions(Path path) throws AgentException, RemoteException, TreeStoreException {
        List<String> names = names(path);
        Optional<NodeId> found = names.isEmpty() ? Optional.empty() : live(names);
        if (found.isEmpty()) {
            found = deleted(names).map(item -> item.top().id());
        }
        if (found.isEmpty() && !names.isEmpty()) {
            found = former(names);
        }
        NodeId id = found.orElseThrow(() -> new AgentException(names.isEmpty()
                ? path + " is a sync folder; name a file or folder in it"
                : "Nothing is known of " + path + ": it was never synchronised, or its history is no longer kept"));
        List<FileVersion> versions = new ArrayList<>();
        for (Versions.Version version : new Versions(connection, library()).of(id)) {
            versions.add(version(version));
        }
        return versions;
    }

    static FileVersion version(Versions.Version version) {
        Node state = version.entry().node();
        return new FileVersion(version.number(), version.path(), state.kind().name(),
                state.kind() == NodeKind.FILE ? state.recipe().size() : 0, version.entry().device(),
                version.entry().time().toString(), state.deleted(), version.entry().thinned());
    }

    /** Lists the trash of a place and what is below. */
    List<TrashEntry> trashIn(List<String> names) throws RemoteException, TreeStoreException {
        String prefix = names.isEmpty() ? "" : String.join("/", names);
        List<TrashEntry> entries = new ArrayList<>();
        for (Trash.Item item : trash().items()) {
            if (prefix.isEmpty() || item.path().equals(prefix) || item.path().startsWith(prefix + "/")) {
                entries.add(entry(item));
            }
        }
        return entries;
    }

    private TrashEntry entry(Trash.Item item) {
        return new TrashEntry(item.top().id().toHex(), folder.root().resolve(item.path()).toString(),
                item.top().kind().name(), 1L + item.inside().size(), item.size(), item.top().device(),
                item.top().time().toString());
    }
}
