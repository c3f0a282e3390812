package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tidebox.storage.AlreadyExistsException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.SequenceRange;

/** Libraries in memory; one transaction at a time works on a copy of its library. */
final class MemoryJournal implements Journal {
    private final Map<LibraryId, Owned> libraries = new HashMap<>();
    private final MemoryChunkIndex chunks;

    private record Owned(long account, String name, LibraryKind kind, MemoryLibrary content) {
    }

    MemoryJournal(MemoryChunkIndex chunks) {
        this.chunks = chunks;
    }

    synchronized MemoryJournal copy(MemoryChunkIndex copied) {
        MemoryJournal copy = new MemoryJournal(copied);
        libraries.forEach((id, owned) -> copy.libraries.put(id, new Owned(owned.account(), owned.name(), owned.kind(),
                owned.content().copy(ids -> copied.find(owned.account(), ids)))));
        return copy;
    }

    @Override
    public synchronized Library create(long account, LibraryId id, String name, LibraryKind kind)
            throws StorageException {
        boolean taken = libraries.values().stream()
                .anyMatch(l -> l.account() == account && l.kind() == kind && l.name().equals(name));
        if (taken || libraries.containsKey(id)) {
            throw new AlreadyExistsException("a library", name);
        }
        libraries.put(id, new Owned(account, name, kind, new MemoryLibrary(ids -> chunks.find(account, ids))));
        return new Library(id, name, kind, 0);
    }

    @Override
    public synchronized List<Library> list(long account) {
        return libraries.entrySet().stream().filter(entry -> entry.getValue().account() == account)
                .map(entry -> library(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Library::name).thenComparing(library -> library.kind().name()))
                .toList();
    }

    @Override
    public synchronized Optional<Library> find(long account, LibraryId id) {
        return Optional.ofNullable(libraries.get(id)).filter(owned -> owned.account() == account)
                .map(owned -> library(id, owned));
    }

    @Override
    public synchronized Optional<Node> find(LibraryId library, NodeId folder, String name) throws StorageException {
        return owned(library).content().current.values().stream().filter(node -> !node.deleted()
                && node.parent().equals(folder) && node.name().equals(name)).findFirst();
    }

    @Override
    public synchronized ChangePage changes(LibraryId library, long since, int limit) throws StorageException {
        MemoryLibrary content = owned(library).content();
        List<Node> nodes = page(content.current.values().stream().filter(node -> node.sequence() > since)
                .sorted(Comparator.comparing(Node::sequence)).toList(), limit, node -> node);
        long upTo = isFull(nodes, limit) ? nodes.getLast().sequence() : Math.max(since, content.head());
        return new ChangePage(nodes, upTo, content.head(), content.mark(upTo).orElse(null));
    }

    @Override
    public synchronized Optional<Mark> mark(LibraryId library, long sequence) throws StorageException {
        return owned(library).content().mark(sequence);
    }

    @Override
    public synchronized List<NodeId> formerly(LibraryId library, NodeId folder, String name) throws StorageException {
        return owned(library).content().versions.reversed().stream().map(NodeVersion::node)
                .filter(node -> node.parent().equals(folder) && node.name().equals(name)).map(Node::id).distinct()
                .limit(100).toList();
    }

    @Override
    public synchronized List<SequenceRange> confirmed(LibraryId library, long since, int limit)
            throws StorageException {
        return owned(library).content().confirmed.stream().filter(range -> range.last() > since).limit(limit).toList();
    }

    @Override
    public synchronized List<NodeVersion> history(LibraryId library, NodeId node, long before, int limit)
            throws StorageException {
        return page(owned(library).content().versions.stream()
                .filter(version -> version.node().id().equals(node) && version.node().sequence() < before)
                .toList().reversed(), limit, NodeVersion::node);
    }

    /** Returns the beginning of a list: so many, and up to the one that brings it to the weight of a page. */
    private static <T> List<T> page(List<T> all, int limit, Function<T, Node> node) {
        List<T> page = new ArrayList<>();
        for (int i = 0; i < all.size() && !isFull(page.stream().map(node).toList(), limit); i++) {
            page.add(all.get(i));
        }
        return page;
    }

    private static boolean isFull(List<Node> page, int limit) {
        return page.size() >= limit || page.stream().mapToLong(Node::weight).sum() >= ChangePage.MAX_WEIGHT;
    }

    @Override
    public synchronized List<NodeVersion> newest(LibraryId library, Collection<NodeId> nodes) throws StorageException {
        MemoryLibrary content = owned(library).content();
        return content.versions.stream().filter(version -> nodes.contains(version.node().id())
                && content.current.get(version.node().id()).equals(version.node())).toList();
    }

    @Override
    public synchronized PastPage children(LibraryId library, List<NodeId> folders, long asOf, long after, int limit)
            throws StorageException {
        MemoryLibrary content = owned(library).content();
        List<Node> then = then(content, Math.min(asOf, content.head()));
        List<Node> page = new ArrayList<>();
        for (int done = 0; done < folders.size(); done++) {
            NodeId folder = folders.get(done);
            long behind = done == 0 ? after : 0;
            for (Node node : then) {
                if (node.parent().equals(folder) && node.sequence() > behind) {
                    page.add(node);
                    if (isFull(page, limit)) {
                        return new PastPage(page, thinned(content, page), done, node.sequence(), content.head());
                    }
                }
            }
        }
        return new PastPage(page, thinned(content, page), folders.size(), 0, content.head());
    }

    /** Returns those nodes of whose versions some between the one given and the next one left are gone. */
    private static List<NodeId> thinned(MemoryLibrary content, List<Node> page) {
        return page.stream().filter(node -> content.versions.stream()
                .filter(next -> next.node().id().equals(node.id()) && next.node().sequence() > node.sequence())
                .findFirst().map(NodeVersion::thinned).orElse(false)).map(Node::id).toList();
    }

    @Override
    public synchronized ChangePage tree(LibraryId library, long asOf, long after, int limit) throws StorageException {
        MemoryLibrary content = owned(library).content();
        long until = Math.min(asOf, content.head());
        List<Node> nodes = page(then(content, until).stream().filter(node -> node.sequence() > after).toList(), limit,
                node -> node);
        long upTo = isFull(nodes, limit) ? nodes.getLast().sequence() : Math.max(after, until);
        return new ChangePage(nodes, upTo, content.head());
    }

    private static List<Node> then(MemoryLibrary content, long until) {
        Map<NodeId, Node> then = new HashMap<>();
        content.versions.stream().map(NodeVersion::node).filter(node -> node.sequence() <= until)
                .forEach(node -> then.put(node.id(), node));
        return then.values().stream().filter(node -> !node.deleted()).sorted(Comparator.comparing(Node::sequence))
                .toList();
    }

    @Override
    public synchronized List<NodeVersion> deleted(LibraryId library, long before, int limit) throws StorageException {
        MemoryLibrary content = owned(library).content();
        return page(content.versions.reversed().stream()
                .filter(version -> version.node().deleted() && version.node().sequence() < before
                        && !content.purged.contains(version.node().sequence())
                        && content.current.get(version.node().id()).sequence() == version.node().sequence())
                .toList(), limit, NodeVersion::node);
    }

    @Override
    public synchronized long sequenceAt(LibraryId library, Instant time) throws StorageException {
        return owned(library).content().versions.stream().filter(version -> !version.time().isAfter(time))
                .mapToLong(version -> version.node().sequence()).max().orElse(0);
    }

    @Override
    public synchronized <R> R transact(LibraryId library, JournalWork<R> work) throws StorageException {
        Owned owned = owned(library);
        MemoryLibrary copy = owned.content().copy();
        R result = work.run(copy);
        libraries.put(library, new Owned(owned.account(), owned.name(), owned.kind(), copy));
        return result;
    }

    MemoryLibrary content(LibraryId library) throws StorageException {
        return owned(library).content();
    }

    private Owned owned(LibraryId library) throws StorageException {
        Owned owned = libraries.get(library);
        if (owned == null) {
            throw new StorageException("There is no library " + library, true, null);
        }
        return owned;
    }

    private static Library library(LibraryId id, Owned owned) {
        return new Library(id, owned.name(), owned.kind(), owned.content().head());
    }
}
