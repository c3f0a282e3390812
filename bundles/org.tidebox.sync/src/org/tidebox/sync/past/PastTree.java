package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tidebox.sync.Past;
import org.tidebox.sync.RemoteException;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * A library as it was at a sequence. Remembers its folders only: everything else is read again, page by page, by
 * whoever wants it.
 */
public final class PastTree {
    private final Past past;
    private final LibraryId library;
    private final long asOf;
    private final Map<NodeId, Node> folders = new HashMap<>();
    private final Map<NodeId, long[]> sizes = new HashMap<>();

    private PastTree(Past past, LibraryId library, long asOf) {
        this.past = past;
        this.library = library;
        this.asOf = asOf;
    }

    /** Reads the folders of a library as of a sequence. */
    public static PastTree open(Past past, LibraryId library, long asOf) throws RemoteException {
        PastTree tree = new PastTree(past, library, asOf);
        tree.pages(page -> page.forEach(tree::remember));
        return tree;
    }

    /** Takes some nodes. */
    @FunctionalInterface
    public interface Taker {
        /** Takes a page of nodes with their paths. */
        void take(List<Placed> page) throws RemoteException, InterruptedException;
    }

    /**
     * A node at its path.
     *
     * @param path relative to the library's root, with slashes
     * @param node as it was then
     */
    public record Placed(String path, Node node) {
    }

    /** Returns the sequence. */
    public long asOf() {
        return asOf;
    }

    /** Returns what lay at a path; the root is no node. */
    public Optional<Node> find(List<String> names) throws RemoteException {
        NodeId parent = NodeId.ROOT;
        for (String name : names.subList(0, names.size() - 1)) {
            Optional<Node> folder = folderNamed(parent, name);
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            parent = folder.get().id();
        }
        Optional<Node> folder = folderNamed(parent, names.getLast());
        return folder.isPresent() ? folder : findOther(parent, names.getLast());
    }

    /** Returns a folder with its path, if it was there. */
    public Optional<Placed> folder(NodeId id) {
        Node node = folders.get(id);
        return node == null ? Optional.empty() : pathOf(node).map(path -> new Placed(path, node));
    }

    /** Returns the path of a node; empty if a folder above it was not there then. */
    public Optional<String> pathOf(Node node) {
        String path = node.name();
        Set<NodeId> passed = new HashSet<>();
        for (NodeId at = node.parent(); !at.equals(NodeId.ROOT); at = folders.get(at).parent()) {
            if (!folders.containsKey(at) || !passed.add(at)) {
                return Optional.empty();
            }
            path = folders.get(at).name() + "/" + path;
        }
        return Optional.of(path);
    }

    /** Returns the bytes of all files below a folder, at any depth. */
    public long bytesBelow(NodeId top) {
        Set<NodeId> inside = inside(top);
        return sizes.entrySet().stream().filter(entry -> inside.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue()[0]).sum();
    }

    /** Hands over everything below a folder, at any depth: folders first, parents before children. */
    public void below(NodeId top, Taker taker) throws RemoteException, InterruptedException {
        Set<NodeId> inside = inside(top);
        List<Placed> found = new ArrayList<>();
        for (NodeId id : inside) {
            if (!id.equals(top)) {
                pathOf(folders.get(id)).ifPresent(path -> found.add(new Placed(path, folders.get(id))));
            }
        }
        found.sort(Comparator.comparingLong((Placed placed) -> placed.path().chars().filter(c -> c == '/').count())
                .thenComparing(Placed::path));
        taker.take(found);
        long after = 0;
        while (after < asOf) {
            ChangePage page = past.tree(library, asOf, after);
            taker.take(page.nodes().stream()
                    .filter(node -> node.kind() != NodeKind.FOLDER && inside.contains(node.parent()))
                    .map(node -> new Placed(pathOf(node).orElse(node.name()), node)).toList());
            after = next(page);
        }
    }

    private Set<NodeId> inside(NodeId top) {
        Map<NodeId, List<NodeId>> children = new HashMap<>();
        folders.values().forEach(
                folder -> children.computeIfAbsent(folder.parent(), key -> new ArrayList<>()).add(folder.id()));
        Set<NodeId> inside = new HashSet<>();
        List<NodeId> waiting = new ArrayList<>(List.of(top));
        while (!waiting.isEmpty()) {
            NodeId id = waiting.removeLast();
            if (inside.add(id)) {
                waiting.addAll(children.getOrDefault(id, List.of()));
            }
        }
        return inside;
    }

    private Optional<Node> folderNamed(NodeId parent, String name) {
        return folders.values().stream().filter(node -> node.parent().equals(parent) && node.name().equals(name))
                .findFirst();
    }

    private Optional<Node> findOther(NodeId parent, String name) throws RemoteException {
        List<Node> found = new ArrayList<>();
        pages(page -> page.stream().filter(node -> node.parent().equals(parent) && node.name().equals(name))
                .forEach(found::add));
        return found.stream().findFirst();
    }

    private void remember(Node node) {
        if (node.kind() == NodeKind.FOLDER) {
            folders.put(node.id(), node);
        } else if (node.kind() == NodeKind.FILE) {
            sizes.computeIfAbsent(node.parent(), key -> new long[1])[0] += node.recipe().size();
        }
    }

    private void pages(Consumer<List<Node>> taker) throws RemoteException {
        long after = 0;
        while (after < asOf) {
            ChangePage page = past.tree(library, asOf, after);
            taker.accept(page.nodes());
            after = next(page);
        }
    }

    /** A head below the wanted sequence is the end, too: then there is no more. */
    private long next(ChangePage page) {
        return page.nodes().isEmpty() || page.upTo() >= page.head() ? asOf : page.upTo();
    }
}
