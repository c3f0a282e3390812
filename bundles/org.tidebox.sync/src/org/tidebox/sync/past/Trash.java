package org.tidebox.sync.past;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.HistoryEntry;

/** What is deleted in a library and not yet let go by retention. A snapshot: read once, without contents. */
public final class Trash {
    /** Deletions of one tree follow each other within this time, however large it is. */
    private static final Duration ONE_GO = Duration.ofMinutes(1);

    private final Map<NodeId, Deleted> deleted = new LinkedHashMap<>();
    private final Map<NodeId, List<Deleted>> children = new HashMap<>();
    private final FolderPlaces places;

    private Trash(FolderPlaces places) {
        this.places = places;
    }

    /** Reads a library's trash, page by page. */
    public static Trash open(RemoteHistory past, LibraryId library, TreeStore trees) throws RemoteException {
        Trash trash = new Trash(new FolderPlaces(trees));
        List<HistoryEntry> page = past.deleted(library, Long.MAX_VALUE);
        while (!page.isEmpty()) {
            page.forEach(entry -> trash.add(Deleted.of(entry)));
            page = past.deleted(library, page.getLast().node().sequence());
        }
        return trash;
    }

    /**
     * Something that was deleted in one go.
     *
     * @param path where it was, with slashes; folders that are alive count where they are now
     * @param top the file, link or folder itself
     * @param inside what was deleted with it, at any depth
     */
    public record Item(String path, Deleted top, List<Deleted> inside) {
        /** Returns the bytes of all files. */
        public long size() {
            return top.size() + inside.stream().mapToLong(Deleted::size).sum();
        }
    }

    /**
     * Returns what can be brought back, newest first; of a tree that was deleted in one go only the top. What programs
     * made for a moment while they saved is left out; it is found by path and id.
     */
    public List<Item> items() throws TreeStoreException {
        Map<NodeId, Item> items = new LinkedHashMap<>();
        Set<NodeId> covered = new HashSet<>();
        // Folders are deleted after what they hold, so they come first here.
        for (Deleted each : deleted.values()) {
            if (!covered.contains(each.id()) && !PassingName.isOf(each)) {
                Item item = item(each);
                item.inside().forEach(inner -> {
                    covered.add(inner.id());
                    items.remove(inner.id());
                });
                items.put(each.id(), item);
            }
        }
        return List.copyOf(items.values());
    }

    /** Returns the one with an id, which may be shortened to its last digits if only one ends so. */
    public Optional<Item> byId(String digits) throws TreeStoreException {
        List<Deleted> found = deleted.values().stream().filter(each -> each.id().toHex().endsWith(digits)).toList();
        return found.size() == 1 ? Optional.of(item(found.getFirst())) : Optional.empty();
    }

    /** Returns what was at a path; of several the one that was deleted last. */
    public Optional<Item> byPath(String path) throws TreeStoreException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (Deleted each : deleted.values()) {
            if (each.name().equals(name) && pathOf(each).equals(path)) {
                return Optional.of(item(each));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what was deleted last, in one go, below a path; what lies at the path itself is there, as when a part of a
     * deleted folder has been brought back.
     */
    public List<Item> lastBelow(String path) throws TreeStoreException {
        List<Item> together = new ArrayList<>();
        for (Item item : items()) {
            if (item.path().startsWith(path + "/")) {
                if (!together.isEmpty() && !isOneGo(item.top(), together.getLast().top())) {
                    break;
                }
                together.add(item);
            }
        }
        return together;
    }

    /** Returns what is known of a deleted node. */
    public Optional<Deleted> get(NodeId id) {
        return Optional.ofNullable(deleted.get(id));
    }

    private void add(Deleted each) {
        deleted.putIfAbsent(each.id(), each);
        children.computeIfAbsent(each.parent(), key -> new ArrayList<>()).add(each);
    }

    private Item item(Deleted top) throws TreeStoreException {
        List<Deleted> below = new ArrayList<>();
        Set<NodeId> passed = new HashSet<>(Set.of(top.id()));
        List<NodeId> waiting = new ArrayList<>(List.of(top.id()));
        while (!waiting.isEmpty()) {
            for (Deleted child : children.getOrDefault(waiting.removeLast(), List.of())) {
                if (passed.add(child.id())) {
                    below.add(child);
                    waiting.add(child.id());
                }
            }
        }
        below.sort(Comparator.comparingLong(Deleted::sequence).reversed());
        return new Item(pathOf(top), top, inOneGo(top, below));
    }

    /** What was deleted long before the folder was not meant to be part of it any more. */
    private static List<Deleted> inOneGo(Deleted top, List<Deleted> newestFirst) {
        List<Deleted> together = new ArrayList<>();
        Deleted last = top;
        for (Deleted each : newestFirst) {
            if (!isOneGo(each, last)) {
                break;
            }
            together.add(each);
            last = each;
        }
        return together;
    }

    private static boolean isOneGo(Deleted earlier, Deleted later) {
        return Duration.between(earlier.time(), later.time()).compareTo(ONE_GO) <= 0;
    }

    private String pathOf(Deleted each) throws TreeStoreException {
        String path = each.name();
        NodeId at = each.parent();
        Set<NodeId> passed = new HashSet<>();
        while (deleted.containsKey(at) && passed.add(at)) {
            Deleted folder = deleted.get(at);
            path = folder.name() + "/" + path;
            at = folder.parent();
        }
        return places.resolve(at, path);
    }
}
