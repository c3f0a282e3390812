package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileClock;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.Entries;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.KnownNames;
import org.tidebox.sync.internal.trees.LeftNames;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.TimeProblem;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Detects: compares directories with the local tree, and notes what differs. Reads no content. An entry is recognised
 * by its place, or, where it moved, by its inode; what is found nowhere by the end of the scan is gone. Made for one
 * scan.
 */
public final class Scanner {
    /** The time of a folder that may change without another one. */
    private static final long UNTOLD = Long.MIN_VALUE;
    private static final long UNCOUNTED = -1;

    private final FolderDisk here;
    private final Work work;
    private final FileClocks fileClocks;
    private final Path root;
    private final Disk disk;
    /** Of the folder that is being scanned. */
    private FileClock fileClock;
    private final Trees trees;
    private final Problems problems;
    private final Rescan again;
    private final LocalPaths paths;
    private final ExtendedView extended;
    private final Ignored ignored;
    private final IgnoredEntries ignoredEntries;
    private final UnreadableNames unreadableNames;
    private final Mounts mounts;
    private final StayingFolders staying;
    private final LeftNames leftNames;
    private final Recognition recognition;
    private final Deque<ScanTask> tasks = new ArrayDeque<>();
    private final Missing missing;
    private final Map<NodeId, ScanTask.Extent> scanned = new HashMap<>();
    /** Named entries of these folders were neither there nor seen to leave, or were seen to leave. */
    private final List<ScanTask> unsure = new ArrayList<>();
    private final List<ScanTask> left = new ArrayList<>();
    /** When the folders in which the scan begins were last changed, before they were looked at. */
    private final Map<NodeId, Long> times = new HashMap<>();
    private boolean arrivalsOnly;

    /** Prepares a scan. */
    public Scanner(FolderDisk here, FolderTrees known, Mounts mounts, ScanMemory memory, Work work) {
        this.here = here;
        this.work = work;
        this.fileClocks = here.fileClocks();
        this.root = here.root();
        this.disk = here.disk();
        this.trees = known.trees();
        this.problems = work.problems();
        this.again = known.rescan();
        this.paths = new LocalPaths(here.root(), known.trees());
        this.extended = here.extended();
        this.ignored = memory.ignored();
        this.ignoredEntries = new IgnoredEntries(ignored, trees, paths, work);
        this.unreadableNames = new UnreadableNames(trees);
        this.mounts = mounts;
        this.staying = memory.staying();
        this.leftNames = memory.left();
        this.missing = new Missing(trees, problems);
        this.recognition = new Recognition(disk, new FolderTrees(trees, paths), leftNames, work.clock(), missing);
    }

    /**
     * Scans.
     *
     * @throws IOException if the root cannot be read; other unreadable folders are problems
     */
    public void scan(ScanScope scope) throws IOException, TreeStoreException, InterruptedException {
        long known = trees.store().differences().local() == 0 ? trees.store().syncedCount() : UNCOUNTED;
        work.progress().scanning(scope.equals(ScanScope.EVERYTHING) ? Math.max(0, known) : 0);
        missing.begin(known == 0);
        ignoredEntries.begin();
        if (ignored.forget()) {
            trees.quiet().forget();
        }
        List<ScanTask> begin = ScanTask.of(scope, here, trees, mounts);
        begin.forEach(task -> times.put(task.id(), UNTOLD));
        tasks.addAll(begin);
        work();
        if (!missing.isEmpty() && !unsure.isEmpty()) {
            // What left may have had a name for a moment that it has left, too; a listing finds it.
            trees.flush();
            unsure.forEach(task -> tasks.push(task.entries()));
            left.forEach(task -> tasks.push(task.entries()));
            work();
        }
        if (!missing.isEmpty()) {
            // What was moved while this went on may have left one folder before, and come to another after the look.
            trees.flush();
            arrivalsOnly = true;
            for (ScanTask task : begin) {
                if (times.get(task.id()) != time(task)) {
                    scan(scanned.get(task.id()) == ScanTask.Extent.NAMED ? task : task.entries());
                }
            }
            work();
        }
        if (!missing.isEmpty()) {
            missing.keepAway(mounts);
        }
        missing.delete();
        trees.flush();
    }

    private void work() throws IOException, TreeStoreException, InterruptedException {
        // Depth first, so that few folders wait even in a wide tree.
        for (ScanTask task = tasks.poll(); task != null; task = tasks.poll()) {
            work.stop().check();
            work.progress().step();
            ScanTask.Extent before = scanned.get(task.id());
            if (before == null || task.extent().compareTo(before) > 0) {
                if (before != null) {
                    // What the first look added must be known to the second one.
                    trees.flush();
                }
                scanned.put(task.id(), task.extent());
                scan(task);
                trees.flushIfLarge();
            }
        }
    }

    private long time(ScanTask task) throws IOException {
        return disk.look(task.path()).map(entry -> entry.attributes().mtime()).orElse(Long.MAX_VALUE);
    }

    private void scan(ScanTask task) throws IOException, TreeStoreException, InterruptedException {
        fileClock = fileClocks.of(task.path());
        noteTime(task);
        if (!task.isNamed()) {
            scanAll(task);
        } else if (!scanNamed(task)) {
            scanned.put(task.id(), ScanTask.Extent.ENTRIES);
            scanAll(task.entries());
        }
    }

    private void noteTime(ScanTask task) throws IOException {
        if (times.containsKey(task.id())) {
            long time = time(task);
            times.put(task.id(), fileClock.isYoung(time) ? UNTOLD : time);
        }
    }

    /** Looks at the named entries alone; returns false if nothing was done because that does not do. */
    private boolean scanNamed(ScanTask task) throws IOException, TreeStoreException, InterruptedException {
        NamedEntries named = new NamedEntries(here, trees, leftNames, work, task);
        boolean isSeen = !missing.has(task.id()) && named.look()
                && (task.path().equals(root) || task.isThere(disk));
        Optional<Map<String, LocalNode>> found = isSeen ? named.known() : Optional.empty();
        if (found.isEmpty()) {
            return false;
        }
        Map<String, DiskEntry> entries = named.entries();
        Map<String, LocalNode> known = found.get();
        for (LocalNode node : List.copyOf(known.values())) {
            if (!missing.isStillIn(task.id(), node)) {
                known.remove(node.diskName());
            }
        }
        Optional<DiskEntry> ignoreFile = disk.look(task.path().resolve(IgnoreProvider.FILE));
        List<Problem> skipped = new ArrayList<>();
        if (!leaveIgnored(task, ignoreFile.orElse(null), entries, known, skipped)) {
            return false;
        }
        mounts.sortOut(task.path(), task.device(), entries, known);
        if (!staying.leaveOut(task.id(), task.path(), entries, known).isEmpty()) {
            return false;
        }
        if (named.isUnsure()) {
            unsure.add(task);
        }
        compare(task, entries, known);
        if (!known.isEmpty()) {
            left.add(task);
            addMissing(known.values());
        }
        return true;
    }

    private void scanAll(ScanTask task) throws IOException, TreeStoreException, InterruptedException {
        List<Problem> skipped = new ArrayList<>();
        Map<String, DiskEntry> entries = new LinkedHashMap<>();
        FolderListing listing = new FolderListing(disk, paths, work, task.path().equals(root));
        int unreadable;
        try {
            unreadable = listing.read(task.path(), entries, skipped);
            work.progress().looked(entries.size());
        } catch (IOException e) {
            if (task.path().equals(root)) {
                throw e;
            }
            notSeen(task);
            if (hasMoved(task)) {
                return;
            }
            unreadable(task, new Problem(paths.display(task.path()), new Obstacle.FolderUnreadable(Reasons.of(e))));
            return;
        }
        if (hasMoved(task)) {
            notSeen(task);
            return;
        }
        if (missing.has(task.id())) {
            cameBack(task);
        }
        if (missing.isEmpty() && !missing.isAnyClaimed() && !extended.isActive()
                && trees.quiet().isQuiet(task.id(), entries.values())) {
            problems.skipped(task.id(), skipped);
            problems.staying(task.id(), List.of());
            unreadableNames.mayHide(task.id(), unreadable, List.of());
            trees.quiet().inside(task.id()).forEach((name, id) -> descend(task, id, entries.get(name), false));
            return;
        }
        Map<String, LocalNode> known = missing.known(task.id(), entries);
        leaveUnseen(listing.unseen(), known);
        for (String twin : KnownNames.twins(entries, known)) {
            entries.remove(twin);
            skipped.add(new Problem(paths.display(task.path().resolve(twin)),
                    new Obstacle.NameTwin()));
        }
        boolean isWell = leaveIgnored(task, entries.get(IgnoreProvider.FILE), entries, known, skipped);
        mounts.sortOut(task.path(), task.device(), entries, known);
        problems.staying(task.id(), staying.leaveOut(task.id(), task.path(), entries, known));
        problems.skipped(task.id(), skipped);
        if (isWell) {
            trees.quiet().note(task.id(), entries, known);
        }
        compare(task, entries, known);
        if (!unreadableNames.mayHide(task.id(), unreadable, known.values())) {
            addMissing(known.values());
        }
    }

    /** A folder that nobody could look into yet is not one for the others: there it would be empty. */
    private void unreadable(ScanTask task, Problem problem) throws TreeStoreException {
        Triple triple = trees.triple(task.id());
        boolean isNew = triple.isHere() && !ignoredEntries.isAgreed(task.id())
                && trees.store().children(task.id()).isEmpty();
        if (isNew) {
            trees.putLocal(triple.local().withDeleted(true));
            problems.alsoSkipped(triple.local().parent(), problem);
        } else {
            problems.skipped(task.id(), List.of(problem));
        }
    }

    /** What is there and cannot be looked at is not gone, nor is what it holds. */
    private void leaveUnseen(List<String> names, Map<String, LocalNode> known) throws TreeStoreException {
        for (String name : names) {
            LocalNode node = known.remove(name);
            if (node != null) {
                missing.found(node.id());
                missing.keep(node.id());
            }
        }
    }

    /** What was listed then belongs to another folder; so the one above is looked at again. */
    private boolean hasMoved(ScanTask task) {
        boolean moved = !task.path().equals(root) && !task.isThere(disk);
        if (moved) {
            again.folder(task.path().getParent());
        }
        return moved;
    }

    /**
     * Leaves out what is ignored; what is synchronised already is followed on, as git does with what it tracks. Returns
     * whether all is well with the folder's ignore file.
     */
    private boolean leaveIgnored(ScanTask task, DiskEntry file, Map<String, DiskEntry> entries,
            Map<String, LocalNode> known, List<Problem> skipped) throws TreeStoreException, InterruptedException {
        if (ignored.hasChanged(task.path(), file == null ? null : fileClock.sure(file.stamp()))) {
            trees.quiet().forget();
            if (!task.isDeep()) {
                tasks.push(task.deeper());
            }
        }
        return ignoredEntries.leaveOut(task.path(), file, entries, known, skipped);
    }

    private void compare(ScanTask task, Map<String, DiskEntry> entries, Map<String, LocalNode> known)
            throws IOException, TreeStoreException {
        List<DiskEntry> strangers = new ArrayList<>();
        Map<String, LocalNode> replaced = new HashMap<>();
        for (DiskEntry entry : entries.values()) {
            LocalNode node = known.get(entry.name());
            if (node == null || node.kind() != entry.kind()) {
                strangers.add(entry);
            } else if (entry.stamp().isInodeOf(node.stamp())) {
                known.remove(entry.name());
                seen(task, node, entry);
            } else {
                replaced.put(entry.name(), node);
                strangers.add(entry);
            }
        }
        // First what moved, because it may have left its name to a newcomer.
        Map<String, LocalNode> candidates = recognition.candidates(strangers);
        List<DiskEntry> newcomers = new ArrayList<>();
        for (DiskEntry entry : strangers) {
            LocalNode saved = replaced.containsKey(entry.name())
                    ? null
                    : recognition.savedHere(task.id(), entry, entries);
            if (saved != null) {
                cameBackAs(task, saved, entry, entries.get(saved.diskName()), strangers);
                known.remove(saved.diskName());
                continue;
            }
            if (task.isNamed() && recognition.hasOtherName(entry, candidates.get(entry.stamp().key()))) {
                tasks.push(task.entries());
                continue;
            }
            LocalNode moved = recognition.movedHere(entry, candidates.get(entry.stamp().key()),
                    replaced.get(entry.name()));
            if (moved != null) {
                arrived(task, moved, entry);
            } else {
                newcomers.add(entry);
            }
        }
        for (DiskEntry entry : newcomers) {
            LocalNode old = replaced.get(entry.name());
            if (old != null && !missing.isClaimed(old.id())) {
                known.remove(entry.name());
                missing.found(old.id());
                update(task, old, entry);
                descend(task, old.id(), entry, true);
            } else {
                added(task, entry);
            }
        }
    }

    private void seen(ScanTask task, LocalNode node, DiskEntry entry) throws IOException, TreeStoreException {
        boolean wasMissing = missing.found(node.id());
        if (isTooYoung(node, entry)) {
            trees.doubt(node.id());
            TimeProblem.report(node, paths, problems);
        } else if (!node.stamp().matches(entry.stamp())) {
            update(task, node, entry);
        } else if (extended.isDue(node)) {
            trees.putLocal(looked(task, node, entry));
        } else {
            TimeProblem.report(node, paths, problems);
        }
        descend(task, node.id(), entry, wasMissing);
    }

    /** Returns whether to look at an entry again can tell nothing new before its stamp is old. */
    private boolean isTooYoung(LocalNode node, DiskEntry entry) {
        return node.stamp().isDoubtful() && node.isRead() && node.stamp().mayMatch(entry.stamp())
                && fileClock.isYoung(entry.stamp());
    }

    private void update(ScanTask task, LocalNode node, DiskEntry entry) throws IOException, TreeStoreException {
        update(task, node, entry, node.stamp().mode() != entry.stamp().mode());
    }

    private void update(ScanTask task, LocalNode node, DiskEntry entry, boolean isExplained)
            throws IOException, TreeStoreException {
        Optional<LocalNode> next = Entries.update(node, entry, task.path().resolve(entry.name()), isExplained);
        if (next.isPresent()) {
            if (next.get().stamp().isDoubtful() && !fileClock.isYoung(entry.stamp())) {
                again.entry(task.path().resolve(entry.name()));
            }
            problems.clear(node.id());
            trees.putLocal(looked(task, sure(next.get()), entry));
        }
    }

    private LocalNode looked(ScanTask task, LocalNode node, DiskEntry entry) throws TreeStoreException {
        Path path = task.path().resolve(entry.name());
        TimeProblem.report(node, paths, problems);
        return extended.look(node, path);
    }

    private void arrived(ScanTask task, LocalNode node, DiskEntry entry) throws IOException, TreeStoreException {
        missing.claim(node.id());
        if (node.kind() == NodeKind.FILE && node.parent().equals(task.id())) {
            leftNames.note(new Place(task.id(), node.name()), node);
        }
        LocalNode here = node.withPlace(task.id(), NodeName.normalize(entry.name()), entry.name()).withDeleted(false);
        update(task, here, entry, true);
        paths.forget();
        descend(task, node.id(), entry, true);
    }

    private void added(ScanTask task, DiskEntry entry) throws IOException, TreeStoreException {
        NodeId id = NodeId.rising(work.clock().instant(), work.random());
        Optional<LocalNode> node = Entries.create(id, task.id(), entry, task.path().resolve(entry.name()));
        if (node.isPresent()) {
            trees.addLocal(looked(task, sure(node.get()), entry));
            descend(task, id, entry, true);
        }
    }

    /** The target of a link was read just now; the content of a file is read later, and then it is told how sure it is. */
    private LocalNode sure(LocalNode node) {
        return node.kind() == NodeKind.LINK ? node.withStamp(fileClock.sure(node.stamp())) : node;
    }

    private void descend(ScanTask task, NodeId id, DiskEntry entry, boolean unknown) {
        if (entry.kind() == NodeKind.FOLDER && (task.isDeep() || unknown)) {
            Path path = task.path().resolve(entry.name());
            if (mounts.enter(id, path, entry)) {
                again.folder(task.path());
            }
            tasks.push(ScanTask.deep(id, path, entry.stamp().key(), entry.device()));
        }
    }

    /** A file is saved under the name that it has left; what it was until now is another one. */
    private void cameBackAs(ScanTask task, LocalNode node, DiskEntry entry, DiskEntry until, List<DiskEntry> strangers)
            throws IOException, TreeStoreException {
        missing.claim(node.id());
        update(task, node.withPlace(task.id(), NodeName.normalize(entry.name()), entry.name()), entry);
        paths.forget();
        if (until != null && !strangers.contains(until)) {
            added(task, until);
        }
    }

    private void addMissing(Collection<LocalNode> gone) throws TreeStoreException {
        if (!arrivalsOnly) {
            missing.add(gone);
        }
    }

    /**
     * What lies in a folder that cannot be looked into is not gone, though the folder may have come from elsewhere. A
     * folder that is gone itself takes along what it held, unless it turns up again: then it is looked into.
     */
    private void notSeen(ScanTask task) throws TreeStoreException {
        scanned.remove(task.id());
        if (!missing.has(task.id())) {
            missing.keep(task.id());
        }
    }

    /** It, and maybe folders above it, were away for a moment, so all that they hold has to be looked at again. */
    private void cameBack(ScanTask task) throws IOException, TreeStoreException {
        Missing.Placed top = missing.top(task.id(), task.path());
        LocalNode node = top.node();
        missing.found(node.id());
        missing.keep(node.id());
        scanned.put(node.id(), ScanTask.Extent.ENTRIES);
        tasks.push(ScanTask.deep(node.id(), top.path(), node.stamp().key(), mounts.device(top.path())));
    }

}
