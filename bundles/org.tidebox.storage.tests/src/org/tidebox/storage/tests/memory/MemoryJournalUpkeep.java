package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.journal.JournalFigures;
import org.tidebox.storage.journal.JournalUpkeep;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** Journals in memory from end to end. */
final class MemoryJournalUpkeep implements JournalUpkeep {
    private static final Recipe NOTHING = new Recipe("purged", 0, List.of());
    private static final Comparator<VersionStamp> ORDER = Comparator.comparing(VersionStamp::node)
            .thenComparing(VersionStamp::sequence);
    private final MemoryJournal journal;
    private final Map<LibraryId, Retention> retentions = new HashMap<>();

    MemoryJournalUpkeep(MemoryJournal journal) {
        this.journal = journal;
    }

    @Override
    public Retention retention(LibraryId library) {
        synchronized (journal) {
            return retentions.getOrDefault(library, Retention.DEFAULT);
        }
    }

    @Override
    public void setRetention(LibraryId library, Retention retention) {
        synchronized (journal) {
            retentions.put(library, retention);
        }
    }

    @Override
    public List<VersionStamp> stamps(LibraryId library, VersionStamp after, int limit) throws StorageException {
        synchronized (journal) {
            MemoryLibrary content = journal.content(library);
            return content.versions.stream()
                    .map(version -> new VersionStamp(version.node().id(), version.node().sequence(), version.time(),
                            version.node().deleted(), content.purged.contains(version.node().sequence())))
                    .filter(stamp -> after == null || ORDER.compare(stamp, after) > 0).sorted(ORDER).limit(limit)
                    .toList();
        }
    }

    @Override
    public int thin(LibraryId library, Collection<Long> sequences) throws StorageException {
        synchronized (journal) {
            MemoryLibrary content = journal.content(library);
            Set<Long> gone = new HashSet<>(sequences);
            content.current.values().forEach(node -> gone.remove(node.sequence()));
            int before = content.versions.size();
            markFollowers(content.versions, gone);
            content.versions.removeIf(version -> gone.contains(version.node().sequence()));
            return before - content.versions.size();
        }
    }

    /** Lets the first version after removed ones tell so. */
    private static void markFollowers(List<NodeVersion> versions, Set<Long> gone) {
        Set<NodeId> thinned = new HashSet<>();
        versions.replaceAll(version -> {
            NodeId id = version.node().id();
            if (gone.contains(version.node().sequence())) {
                thinned.add(id);
                return version;
            }
            return thinned.remove(id)
                    ? new NodeVersion(version.node(), version.device(), version.time(), true)
                    : version;
        });
    }

    @Override
    public int forgetAnswers(LibraryId library, Instant before, int limit) throws StorageException {
        synchronized (journal) {
            return journal.content(library).forgetAnswers(before, limit);
        }
    }

    @Override
    public int purge(LibraryId library, Collection<Long> sequences) throws StorageException {
        synchronized (journal) {
            MemoryLibrary content = journal.content(library);
            int purged = 0;
            for (Node node : List.copyOf(content.current.values())) {
                if (node.deleted() && sequences.contains(node.sequence()) && content.purged.add(node.sequence())) {
                    Node tombstone = new Node(node.id(), node.sequence(), node.parent(), node.name(), node.kind(),
                            new Attributes(node.attributes().mode(), node.attributes().mtime()),
                            node.recipe() == null ? null : NOTHING,
                            node.target() == null ? null : "", true);
                    content.current.put(node.id(), tombstone);
                    content.versions.replaceAll(version -> version.node().sequence() == node.sequence()
                            ? new NodeVersion(tombstone, version.device(), version.time())
                            : version);
                    purged++;
                }
            }
            return purged;
        }
    }

    @Override
    public List<ContentRow> contents(LibraryId library, long after, int limit) throws StorageException {
        synchronized (journal) {
            return journal.content(library).versions.stream().map(NodeVersion::node)
                    .filter(node -> node.recipe() != null && node.sequence() > after).limit(limit)
                    .map(node -> new ContentRow(node.sequence(), node.id(), node.parent(), node.name(), node.recipe()))
                    .toList();
        }
    }

    @Override
    public List<NodeRow> nodes(LibraryId library, long after, int limit) throws StorageException {
        synchronized (journal) {
            return journal.content(library).current.values().stream().filter(node -> node.sequence() > after)
                    .sorted(Comparator.comparing(Node::sequence)).limit(limit)
                    .map(node -> new NodeRow(node.id(), node.sequence(), node, null)).toList();
        }
    }

    @Override
    public Map<NodeId, Node> find(LibraryId library, Collection<NodeId> ids) throws StorageException {
        synchronized (journal) {
            return journal.content(library).nodes(ids);
        }
    }

    /** Returns none: what is current and what is a version is written in one step. */
    @Override
    public List<VersionStamp> strays(LibraryId library, int limit) {
        return List.of();
    }

    @Override
    public JournalFigures figures(LibraryId library) throws StorageException {
        synchronized (journal) {
            MemoryLibrary content = journal.content(library);
            long highest = content.versions.isEmpty() ? 0 : content.versions.getLast().node().sequence();
            long versions = content.versions.size();
            return new JournalFigures(content.head(), highest, versions, content.head() - versions);
        }
    }
}
