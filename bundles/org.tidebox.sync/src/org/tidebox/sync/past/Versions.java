package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.sync.internal.trees.IntermediateName;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.HistoryEntry;

/** The versions of nodes, each with the path that it had then. Remembers what it read. Not thread-safe. */
public final class Versions {
    /** Deeper than any path; the server lets no cycle in, but a bad one might. */
    private static final int MOST = 4_096;

    private final RemoteHistory past;
    private final LibraryId library;
    private final Map<NodeId, List<HistoryEntry>> known = new HashMap<>();

    /** Begins without knowing any. */
    public Versions(RemoteHistory past, LibraryId library) {
        this.past = past;
        this.library = library;
    }

    /**
     * One state of a node.
     *
     * @param entry the state, who made it and when
     * @param path where it was then, with slashes; begins with {@code …/} where retention let go of a folder above
     */
    public record Version(HistoryEntry entry, String path) {
        /** Returns the number by which it is asked for. */
        public long number() {
            return entry.node().sequence();
        }
    }

    /**
     * Returns the versions of a node, newest first; empty if nothing is known of it any more. Where it had a name only
     * until its own was free, that of the version before or after counts.
     */
    public List<Version> of(NodeId id) throws RemoteException {
        List<Version> versions = new ArrayList<>();
        List<HistoryEntry> entries = read(id);
        for (int at = 0; at < entries.size(); at++) {
            versions.add(new Version(entries.get(at), path(named(entries, at))));
        }
        return versions;
    }

    private static Node named(List<HistoryEntry> entries, int at) {
        Node node = entries.get(at).node();
        Stream<HistoryEntry> others = Stream.concat(entries.subList(at, entries.size()).stream(),
                entries.subList(0, at).reversed().stream());
        return others.map(HistoryEntry::node).filter(each -> !IntermediateName.isOf(each)).findFirst().orElse(node);
    }

    /** Returns the newest version of a node up to a sequence, deleted or alive. */
    public Optional<HistoryEntry> asOf(NodeId id, long sequence) throws RemoteException {
        return read(id).stream().filter(entry -> entry.node().sequence() <= sequence).findFirst();
    }

    private List<HistoryEntry> read(NodeId id) throws RemoteException {
        List<HistoryEntry> entries = known.get(id);
        if (entries == null) {
            entries = past.history(library, id);
            known.put(id, entries);
        }
        return entries;
    }

    private String path(Node node) throws RemoteException {
        String path = node.name();
        NodeId at = node.parent();
        for (int depth = 0; !at.equals(NodeId.ROOT); depth++) {
            Optional<HistoryEntry> folder = depth < MOST ? nearest(at, node.sequence()) : Optional.empty();
            if (folder.isEmpty()) {
                return "…/" + path;
            }
            path = folder.get().node().name() + "/" + path;
            at = folder.get().node().parent();
        }
        return path;
    }

    /** Where retention has let go of what was then, the oldest version that is left comes closest. */
    private Optional<HistoryEntry> nearest(NodeId id, long sequence) throws RemoteException {
        Optional<HistoryEntry> then = asOf(id, sequence);
        List<HistoryEntry> all = read(id);
        return then.isPresent() || all.isEmpty() ? then : Optional.of(all.getLast());
    }
}
