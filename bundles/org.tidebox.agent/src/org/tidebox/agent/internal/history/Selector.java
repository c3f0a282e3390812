package org.tidebox.agent.internal.history;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.past.DeletedTree;
import org.tidebox.sync.past.PastFolder;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.past.Versions;
import org.tidebox.sync.past.Versions.Version;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.wire.Messages.HistoryEntry;

/** Finds what a person means: which node by which path, in which state. */
final class Selector {
    private static final long NOW = Long.MAX_VALUE;

    private final FolderPast past;
    private final RestoreRequest request;
    private final List<String> names;

    Selector(FolderPast past, RestoreRequest request) {
        this.past = past;
        this.request = request;
        this.names = past.names(Path.of(request.path()));
    }

    Selection select() throws AgentException, RemoteException, TreeStoreException, InterruptedException {
        if (names.isEmpty()) {
            if (!isStateAsked() && request.to() == null) {
                throw stateNeeded();
            }
            return new Selection(null, folderAsOf(sequence(), NodeId.ROOT), true, null);
        }
        Optional<NodeId> live = past.live(names);
        if (live.isEmpty() || past.isGone(live.get())) {
            Optional<Selection> gone = gone(live);
            if (gone.isPresent()) {
                return gone.get();
            }
        }
        return live.isPresent() ? node(live.get()) : byOldPath();
    }

    /** Returns an item of the trash as it was right before it was deleted. */
    static Selection deleted(FolderPast past, Trash.Item item) throws RemoteException, AgentException {
        HistoryEntry newest = past.connection().history(past.library(), item.top().id()).stream().findFirst()
                .filter(entry -> entry.node().deleted())
                .orElseThrow(() -> new AgentException(item.path() + " is no longer in the trash"));
        PlacedNode top = new PlacedNode(item.path(), newest.node().withDeleted(false));
        return item.top().kind() == NodeKind.FOLDER
                ? new Selection(top, new DeletedTree(past.connection(), past.library(), item), true, null)
                : Selection.of(top, true, null);
    }

    private Optional<Selection> gone(Optional<NodeId> live) throws AgentException, RemoteException,
            TreeStoreException, InterruptedException {
        Optional<Trash.Item> item = live.isPresent() ? Optional.empty() : past.deleted(names);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(isStateAsked() ? node(item.get().top().id()) : deleted(past, item.get()));
    }

    private Selection node(NodeId id) throws AgentException, RemoteException, TreeStoreException,
            InterruptedException {
        List<Version> versions = new Versions(past.connection(), past.library()).of(id);
        if (versions.isEmpty()) {
            throw new AgentException(request.path() + " was not uploaded yet, so there is nothing to bring back");
        }
        boolean folder = versions.getFirst().entry().node().kind() == NodeKind.FOLDER;
        if (!isStateAsked() && request.to() == null && (folder || !past.isGone(id))) {
            throw stateNeeded();
        }
        return folder || request.version() == 0 ? then(versions, folder) : numbered(versions);
    }

    private Selection numbered(List<Version> versions) throws AgentException {
        Version found = versions.stream().filter(version -> version.number() == request.version()).findFirst()
                .orElseThrow(() -> new AgentException(
                        new AgentProblem.NoSuchVersion(request.version(), request.path())));
        return Selection.of(placed(found, false), true, FolderPast.version(found));
    }

    private Selection then(List<Version> versions, boolean folder)
            throws AgentException, RemoteException, InterruptedException {
        long sequence = sequence();
        int index = 0;
        while (index < versions.size() && versions.get(index).number() > sequence) {
            index++;
        }
        if (index == versions.size() && versions.getLast().entry().thinned()) {
            throw tooOld(versions.getLast());
        }
        if (index == versions.size() || versions.get(index).entry().node().deleted() && isStateAsked()) {
            return byOldPath();
        }
        Version found = versions.get(index);
        // The version that follows knows whether there were others in between.
        PlacedNode top = placed(found, index > 0 && versions.get(index - 1).entry().thinned());
        return folder
                ? new Selection(top, folderAsOf(sequence, top.node().id()), true, null)
                : Selection.of(top, true, isStateAsked() ? FolderPast.version(found) : null);
    }

    /** What lies or lay at the path by its present name is not what was there at that time. */
    private Selection byOldPath() throws AgentException, RemoteException, InterruptedException {
        if (!isStateAsked()) {
            throw new AgentException(new AgentProblem.NothingKnown(request.path()));
        }
        long sequence = sequence();
        PlacedNode found = PastFolder.find(past.connection(), past.library(), sequence, names)
                .orElseThrow(() -> new AgentException(new AgentProblem.NothingThen(request.path())));
        return found.node().kind() == NodeKind.FOLDER
                ? new Selection(found, folderAsOf(sequence, found.node().id()), false, null)
                : Selection.of(found, false, null);
    }

    private static PlacedNode placed(Version version, boolean thinned) {
        return new PlacedNode(version.path(), version.entry().node().withDeleted(false), thinned);
    }

    private PastFolder folderAsOf(long sequence, NodeId folder) {
        return new PastFolder(past.connection(), past.library(), sequence, folder);
    }

    private boolean isStateAsked() {
        return request.asOf() != null || request.version() > 0;
    }

    private long sequence() throws RemoteException {
        if (request.version() > 0) {
            return request.version();
        }
        return request.asOf() == null
                ? NOW
                : past.connection().sequenceAt(past.library(), Instant.parse(request.asOf()));
    }

    private AgentException tooOld(Version oldest) {
        return new AgentException(new AgentProblem.NothingSoOld(request.path(), oldest.number()));
    }

    private AgentException stateNeeded() {
        return new AgentException(new AgentProblem.StateNeeded(request.path()));
    }
}
