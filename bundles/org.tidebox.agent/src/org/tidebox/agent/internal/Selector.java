package org.tidebox.agent.internal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.past.Deleted;
import org.tidebox.sync.past.PastTree;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.past.Versions;
import org.tidebox.tree.Node;
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

    Selection select() throws AgentException, RemoteException, TreeStoreException {
        if (names.isEmpty()) {
            if (request.asOf() == null && request.version() == 0 && request.to() == null) {
                throw stateNeeded();
            }
            return new Selection(null, tree(sequence()), NodeId.ROOT, null, true);
        }
        Optional<NodeId> live = past.live(names);
        if (live.isEmpty() || past.isGone(live.get())) {
            Optional<Selection> gone = gone(live);
            if (gone.isPresent()) {
                return gone.get();
            }
        }
        if (live.isPresent()) {
            return node(live.get());
        }
        return byOldPath();
    }

    /** Returns an item of the trash as it was right before it was deleted. */
    static Selection deleted(FolderPast past, Trash.Item item) throws RemoteException, AgentException {
        if (item.top().kind() != NodeKind.FOLDER) {
            HistoryEntry newest = past.connection().history(past.library(), item.top().id()).stream().findFirst()
                    .orElseThrow(() -> new AgentException(item.path() + " is no longer kept in the trash"));
            return Selection.of(new Placed(item.path(), newest.node().withDeleted(false)), true);
        }
        long first = Stream.concat(Stream.of(item.top()), item.inside().stream()).mapToLong(Deleted::sequence).min()
                .orElseThrow();
        PastTree tree = PastTree.open(past.connection(), past.library(), first - 1);
        Set<NodeId> only = item.inside().stream().map(Deleted::id).collect(Collectors.toSet());
        Placed top = tree.folder(item.top().id())
                .orElseThrow(() -> new AgentException(item.path() + " is no longer kept in the trash"));
        return new Selection(top, tree, item.top().id(), only, true);
    }

    private Optional<Selection> gone(Optional<NodeId> live) throws AgentException, RemoteException,
            TreeStoreException {
        Optional<Trash.Item> item = live.isPresent() ? Optional.empty() : past.deleted(names);
        if (item.isEmpty()) {
            return Optional.empty();
        }
        return request.asOf() == null && request.version() == 0
                ? Optional.of(deleted(past, item.get()))
                : Optional.of(node(item.get().top().id()));
    }

    private Selection node(NodeId id) throws AgentException, RemoteException, TreeStoreException {
        List<Versions.Version> versions = new Versions(past.connection(), past.library()).of(id);
        if (versions.isEmpty()) {
            throw new AgentException(request.path() + " was not uploaded yet, so there is nothing to bring back");
        }
        if (versions.getFirst().entry().node().kind() == NodeKind.FOLDER) {
            return folder(id);
        }
        if (request.asOf() == null && request.version() == 0) {
            if (request.to() == null && !past.isGone(id)) {
                throw stateNeeded();
            }
            return single(versions.getFirst());
        }
        return request.version() > 0 ? numbered(versions) : then(versions);
    }

    private Selection numbered(List<Versions.Version> versions) throws AgentException {
        return single(versions.stream().filter(version -> version.number() == request.version()).findFirst()
                .orElseThrow(() -> new AgentException("There is no version " + request.version() + " of "
                        + request.path() + "; 'tidebox history' lists them")));
    }

    private Selection then(List<Versions.Version> versions) throws AgentException, RemoteException {
        long sequence = sequence();
        Optional<Versions.Version> found = versions.stream().filter(version -> version.number() <= sequence)
                .findFirst();
        return found.isPresent() && !found.get().entry().node().deleted() ? single(found.get()) : byOldPath();
    }

    private Selection folder(NodeId id) throws AgentException, RemoteException {
        if (request.asOf() == null && request.version() == 0 && request.to() == null) {
            throw stateNeeded();
        }
        PastTree tree = tree(sequence());
        Optional<Placed> top = tree.folder(id);
        return top.isPresent() ? new Selection(top.get(), tree, id, null, true) : byOldPath();
    }

    /** What lies or lay at the path by its present name is not what was there at that time. */
    private Selection byOldPath() throws AgentException, RemoteException {
        if (request.asOf() == null && request.version() == 0) {
            throw new AgentException("Nothing is known of " + request.path()
                    + ": it was never synchronised, or it is no longer kept; 'tidebox trash list' shows what is");
        }
        PastTree tree = tree(sequence());
        Node node = tree.find(names).orElseThrow(() -> new AgentException("There was nothing at " + request.path()
                + " then, as far as it is still kept; 'tidebox history' lists what is"));
        Placed placed = new Placed(String.join("/", names), node);
        return node.kind() == NodeKind.FOLDER
                ? new Selection(placed, tree, node.id(), null, false)
                : Selection.of(placed, false);
    }

    private static Selection single(Versions.Version version) {
        return Selection.of(new Placed(version.path(), version.entry().node().withDeleted(false)), true);
    }

    private PastTree tree(long sequence) throws RemoteException {
        return PastTree.open(past.connection(), past.library(), sequence);
    }

    private long sequence() throws RemoteException {
        if (request.version() > 0) {
            return request.version();
        }
        return request.asOf() == null
                ? NOW
                : past.connection().sequenceAt(past.library(), Instant.parse(request.asOf()));
    }

    private AgentException stateNeeded() {
        return new AgentException(request.path()
                + " is there; say which state you want with --as-of TIME or --version N, or write it elsewhere with"
                + " --to DIR");
    }
}
