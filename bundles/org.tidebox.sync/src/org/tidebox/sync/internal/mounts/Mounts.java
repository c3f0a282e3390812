package org.tidebox.sync.internal.mounts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * The file systems that are mounted inside a sync folder. The database remembers in which folders there is one, and
 * which: what lies there is neither gone nor new when it is unmounted, or another one is there. Such a folder is left
 * alone, with all in it, until the right one is back or the person says to take it as it is. Not thread-safe.
 */
public final class Mounts implements MountPoints {
    /** Begins the facts: the node of a folder follows, and the value is the mark of the file system there. */
    static final String FACT = "mount:";

    private final Path root;
    private final Disk disk;
    private final Trees trees;
    private final LocalPaths paths;
    private final MountMark marks;
    private final Map<NodeId, Mount> known = new LinkedHashMap<>();
    /** Found in this scan, and not yet known by the node of their folder: path and mark. */
    private final Map<Path, String> fresh = new HashMap<>();
    private final Map<Long, String> suffixes = new HashMap<>();
    private final Set<NodeId> away = new HashSet<>();
    private final Set<Path> changed = new LinkedHashSet<>();
    private final Set<Path> recovered = new HashSet<>();
    /** What the system listed at the last look; some of it may be ignored. */
    private final Set<Path> listed = new HashSet<>();
    private Map<Path, String> table = Map.of();
    private volatile String ground = "";
    private long rootDevice;
    private boolean loaded;

    public Mounts(ConfinedRoot confined, Disk disk, Trees trees, LocalPaths paths, RandomGenerator random) {
        this.root = confined.root();
        this.disk = disk;
        this.trees = trees;
        this.paths = paths;
        this.marks = new MountMark(confined, disk, random);
    }

    /** Looks at all that are known. */
    public void look() throws IOException, TreeStoreException {
        fresh.clear();
        readTable();
        rootDevice = device(root);
        load();
        lookAtEach();
        table.keySet().stream().filter(path -> !known(path) && !listed.contains(path))
                .forEach(path -> changed(path.getParent()));
        listed.clear();
        listed.addAll(table.keySet());
        trees.flush();
    }

    private void readTable() throws IOException {
        table = MountTable.below(root);
        ground = MountTable.ground(root, table);
    }

    /** Returns what the system said when this looked last, as {@link MountTable#ground(Path)} does; empty before. Thread-safe. */
    public String ground() {
        return ground;
    }

    private boolean known(Path path) {
        return known.values().stream().anyMatch(mount -> path.equals(mount.path()));
    }

    /** Returns the tops of file systems that were not there before, or not recovered, the root among them. */
    public Set<Path> unrecovered() {
        Set<Path> tops = new LinkedHashSet<>(List.of(root));
        known.values().stream().filter(Mount::isOpen).forEach(mount -> tops.add(mount.path()));
        recovered.retainAll(tops);
        tops.removeAll(recovered);
        return tops;
    }

    /** What an earlier run left on a file system has been taken care of. */
    public void recovered(Path top) {
        recovered.add(top);
    }

    /** Returns folders that were found otherwise than before: all in them has to be looked at. */
    public Set<Path> takeChanged() {
        Set<Path> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    private void load() throws TreeStoreException {
        if (!loaded) {
            for (String fact : trees.store().factNames(FACT)) {
                NodeId id = NodeId.parse(fact.substring(FACT.length()));
                known.put(id, Mount.of(id, trees.store().fact(fact).orElseThrow()));
            }
            loaded = true;
        }
        for (NodeId id : List.copyOf(known.keySet())) {
            if (trees.triple(id).local() == null) {
                forget(id);
            }
        }
    }

    private void lookAtEach() throws IOException, TreeStoreException {
        suffixes.clear();
        disk.suffixes(suffixes);
        for (Mount before : List.copyOf(known.values())) {
            Mount now = look(before);
            remember(now);
            if (now.isOpen()) {
                suffix(now.device(), now.mark());
                remember(now.open(entry(now.path()), now.path()));
            } else if (now.state() == Mount.State.UNKNOWN) {
                forget(now.id());
            }
            if (now.isAway() && !before.isAway()) {
                put(now.withEntries(count(now.id())));
            }
            if (before.state() != Mount.State.UNKNOWN && before.state() != now.state()) {
                changed(now.path());
            }
        }
    }

    private void changed(Path path) {
        changed.add(path);
        trees.quiet().forget();
    }

    private Mount look(Mount mount) throws TreeStoreException {
        Path path = paths.of(trees.triple(mount.id()).local());
        boolean covers = mount.mark().equals(Mount.NONE);
        try {
            if (!isMounted(path)) {
                return mount.found(covers ? Mount.State.UNKNOWN : Mount.State.MISSING, path, null);
            }
            if (covers) {
                return mount.found(Mount.State.COVERED, path, null);
            }
            return marks.read(path, table).equals(mount.mark())
                    ? mount.open(entry(path), path)
                    : mount.found(Mount.State.OTHER, path, null);
        } catch (IOException e) {
            return mount.found(Mount.State.BROKEN, path, Reasons.of(e));
        }
    }

    private boolean isMounted(Path path) throws IOException {
        if (isMounted(path, disk.look(path))) {
            return true;
        }
        if (disk.isFolder(path)) {
            // Some are mounted only when somebody looks into them, and go again when nobody does.
            disk.names(path);
            readTable();
        }
        return isMounted(path, disk.look(path));
    }

    private boolean isMounted(Path path, Optional<DiskEntry> entry) throws IOException {
        return entry.isPresent() && entry.get().kind() == NodeKind.FOLDER
                && crosses(path, entry.get(), device(path.getParent()));
    }

    private boolean crosses(Path path, DiskEntry entry, long above) {
        return entry.kind() == NodeKind.FOLDER && (entry.device() != above
                || !table.isEmpty() && table.containsKey(path));
    }

    /**
     * Sorts out what is mounted in a folder, before what is there is compared with what is known: what must be left
     * alone is taken out of both, and what is new gets the names of its inodes.
     *
     * @param folder the path
     * @param device its device
     * @param entries what is in it
     * @param children what is known to be in it
     */
    public void sortOut(Path folder, long device, Map<String, DiskEntry> entries, Map<String, LocalNode> children)
            throws IOException, TreeStoreException {
        DiskEntry own = entries.get(FolderMarker.FOLDER);
        if (own != null && own.kind() == NodeKind.FOLDER && !children.containsKey(FolderMarker.FOLDER)) {
            entries.remove(FolderMarker.FOLDER);
        }
        List<DiskEntry> mounted = entries.values().stream()
                .filter(entry -> entry.kind() == NodeKind.FOLDER && (entry.device() != device || !table.isEmpty())
                        && crosses(folder.resolve(entry.name()), entry, device))
                .toList();
        for (DiskEntry entry : mounted) {
            meet(folder.resolve(entry.name()), entry, entries, children.get(entry.name()));
        }
        for (Map.Entry<String, LocalNode> child : away.isEmpty()
                ? List.<Map.Entry<String, LocalNode>>of()
                : List.copyOf(children.entrySet())) {
            if (away.contains(child.getValue().id())) {
                children.remove(child.getKey());
                entries.remove(child.getValue().diskName());
            }
        }
    }

    private void meet(Path path, DiskEntry entry, Map<String, DiskEntry> entries, LocalNode node)
            throws IOException, TreeStoreException {
        boolean isKnown = node != null && known.containsKey(node.id());
        if (node != null && !isKnown && covers(node, entry)) {
            put(Mount.of(node.id(), Mount.NONE).found(Mount.State.COVERED, path, null).withEntries(count(node.id())));
        } else if (!isKnown) {
            if (!table.containsKey(path)) {
                readTable();
            }
            String mark = marks.make(path, table);
            fresh.put(path, mark);
            suffix(entry.device(), mark);
            entries.put(entry.name(), entry(path));
        }
    }

    /** Where the inode is the same it was mounted already, unknown to an older version of this program. */
    private boolean covers(LocalNode node, DiskEntry entry) throws TreeStoreException {
        return !inode(entry.stamp()).equals(inode(node.stamp())) && !trees.store().children(node.id()).isEmpty();
    }

    private static String inode(DiskStamp stamp) {
        return stamp.key().split(DiskStamp.SUFFIX)[0];
    }

    /**
     * A folder is looked into. What is newly mounted in it is known by its node from now on.
     *
     * @return whether it is a file system that was missing elsewhere
     */
    public boolean enter(NodeId id, Path path, DiskEntry entry) {
        String mark = fresh.isEmpty() ? null : fresh.remove(path);
        boolean wasAway = away.contains(id);
        if (mark != null) {
            put(Mount.of(id, mark).open(entry, path));
        }
        return wasAway && mark != null;
    }

    /** The person wants all to be taken as it is. */
    public void takeAsItIs() throws IOException, TreeStoreException {
        for (Mount mount : away()) {
            switch (mount.state()) {
                case MISSING -> forget(mount.id());
                case OTHER, COVERED -> put(Mount.of(mount.id(), marks.make(mount.path(), table)));
                default -> {
                    continue;
                }
            }
            changed(mount.path());
        }
        lookAtEach();
        trees.flush();
    }

    /** Returns the folders that have to be left alone. */
    public List<Mount> away() {
        return away.stream().map(known::get).sorted(Comparator.comparing(Mount::path)).toList();
    }

    /** Returns whether there is a folder that has to be left alone. */
    public boolean isAnyAway() {
        return !away.isEmpty();
    }

    /** Returns whether a node is, or lies in, a folder that has to be left alone, be it here or on the server. */
    public boolean isAway(NodeId id) throws TreeStoreException {
        if (away.isEmpty()) {
            return false;
        }
        Set<NodeId> seen = new HashSet<>();
        NodeId at = id;
        while (!at.equals(NodeId.ROOT) && seen.add(at)) {
            if (away.contains(at)) {
                return true;
            }
            Triple triple = trees.triple(at);
            if (triple.local() == null && triple.remote() == null) {
                return false;
            }
            at = triple.local() != null ? triple.local().parent() : triple.remote().parent();
        }
        return false;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Path top(Path path) {
        Path top = root;
        for (Mount mount : known.values()) {
            if (mount.isOpen() && path.startsWith(mount.path()) && mount.path().startsWith(top)) {
                top = mount.path();
            }
        }
        return top;
    }

    @Override
    public boolean isAsFound(Path folder) throws IOException {
        for (Mount mount : known.values()) {
            boolean concerns = mount.path() != null && folder.startsWith(mount.path());
            if (concerns && (mount.isAway() || mount.isOpen() && !hasKey(mount))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasKey(Mount mount) throws IOException {
        return disk.look(mount.path()).filter(entry -> entry.stamp().key().equals(mount.key())).isPresent();
    }

    @Override
    public void moved(Path from, Path to) {
        for (Mount mount : List.copyOf(known.values())) {
            if (mount.path() != null && mount.path().startsWith(from)) {
                remember(mount.at(to.resolve(from.relativize(mount.path()))));
            }
        }
    }

    /** Returns the device of a folder. */
    public long device(Path folder) throws IOException {
        return disk.look(folder).map(DiskEntry::device).orElse(DiskEntry.ANY_DEVICE);
    }

    private DiskEntry entry(Path path) throws IOException {
        return disk.look(path).orElseThrow(() -> new IOException(path + " is gone"));
    }

    private void suffix(long device, String mark) {
        if (device != rootDevice && suffixes.putIfAbsent(device, MountMark.suffix(mark)) == null) {
            disk.suffixes(suffixes);
        }
    }

    private long count(NodeId folder) throws TreeStoreException {
        long count = 0;
        Deque<NodeId> folders = new ArrayDeque<>(List.of(folder));
        while (!folders.isEmpty()) {
            List<LocalNode> children = trees.store().children(folders.pop());
            count += children.size();
            children.stream().filter(node -> node.kind() == NodeKind.FOLDER).forEach(node -> folders.push(node.id()));
        }
        return count;
    }

    private void remember(Mount mount) {
        known.put(mount.id(), mount);
        if (mount.isAway()) {
            away.add(mount.id());
        } else {
            away.remove(mount.id());
        }
    }

    private void put(Mount mount) {
        remember(mount);
        trees.fact(FACT + mount.id().toHex(), mount.mark());
    }

    private void forget(NodeId id) {
        known.remove(id);
        away.remove(id);
        trees.fact(FACT + id.toHex(), null);
    }
}
