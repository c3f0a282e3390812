package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ConflictCopy;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.internal.content.FileReader;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.plan.Operation;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.scan.StayingFolders;
import org.tidebox.sync.internal.trees.ConflictId;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.TimeProblem;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Carries out the steps on the disk that need no content from the server. Each is guarded, and done or not done as a
 * whole.
 */
public final class Applier {
    private static final SyncTotals ONE_CHANGE = new SyncTotals(0, 0, 0, 0, 0, 1, 0);

    private final Disk disk;
    private final Durability durability;
    private final Trees trees;
    private final LocalPaths paths;
    private final Rescan rescan;
    private final Problems problems;
    private final Progress progress;
    private final Stop stop;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Placement placement;
    private final EntryMaker maker;
    private final EntryMover mover;
    private final AttributeWriter attributes;
    private final FileReader reader;
    private final StayingFolders staying;
    /** What this plan removes, and the ignore files among it that may have to stay, by their folders. */
    private final Set<NodeId> removals = new HashSet<>();
    private final Map<NodeId, NodeId> ignoreFiles = new HashMap<>();
    private boolean progressed;
    /** Whether a step could not be done, so that a folder may still hold what the plan took out of it. */
    private boolean someLeft;

    public Applier(FolderDisk here, FolderTrees known, Work work, Placement placement, StayingFolders staying,
            FileReader reader) {
        this.disk = here.disk();
        this.durability = here.durability();
        this.trees = known.trees();
        this.paths = known.paths();
        this.rescan = known.rescan();
        this.problems = work.problems();
        this.progress = work.progress();
        this.stop = work.stop();
        this.clock = work.clock();
        this.random = work.random();
        this.placement = placement;
        this.maker = new EntryMaker(here, known, placement);
        this.mover = new EntryMover(here, known, work, placement);
        this.attributes = new AttributeWriter(here, placement);
        this.reader = reader;
        this.staying = staying;
    }

    /**
     * Carries out all but the downloads.
     *
     * @return whether at least one step was done
     */
    public boolean apply(List<Operation> operations) throws TreeStoreException, InterruptedException {
        progressed = false;
        someLeft = false;
        removals.clear();
        ignoreFiles.clear();
        operations.stream().filter(Operation.Remove.class::isInstance).forEach(remove -> removals.add(remove.id()));
        paths.forget();
        try {
            for (Operation operation : operations) {
                stop.check();
                applyOne(operation);
            }
        } finally {
            placement.settle();
            durability.folders();
            trees.flush();
        }
        return progressed;
    }

    private void applyOne(Operation operation) throws TreeStoreException {
        try {
            boolean done = isPossible(operation) && switch (operation) {
                case Operation.Make make -> make(make.node());
                case Operation.Move move -> move(move);
                case Operation.SetAttributes set -> setAttributes(set.id(), set.attributes());
                case Operation.Remove remove -> remove(remove.id());
                case Operation.SetAside aside -> setAside(aside);
                case Operation.Adopt adopt -> adopt(adopt);
                case Operation.Read read -> read(read.id());
                case Operation.Download download -> false;
                case Operation.Upload upload -> false;
            };
            progressed |= done;
        } catch (StaleException e) {
            someLeft = true;
            rescan.at(e);
        } catch (NotRealFolderException e) {
            someLeft = true;
            rescan.at(e);
        } catch (IOException | InvalidPathException e) {
            someLeft = true;
            fail(operation.id(), e);
        }
    }

    /** A step before this one may have failed; then the next plan tells how to go on. */
    private boolean isPossible(Operation operation) throws TreeStoreException {
        return switch (operation) {
            case Operation.Make make -> paths.isHere(make.node().parent());
            case Operation.Move move ->
                paths.isHere(move.to().parent()) && trees.triple(move.id()).isHere();
            case Operation.Download download -> false;
            case Operation.Upload upload -> false;
            default -> trees.triple(operation.id()).isHere();
        };
    }

    private void fail(NodeId id, Exception e) throws TreeStoreException {
        Obstacle reason = e instanceof IOException io
                ? Reasons.of(io)
                : new Obstacle.NameImpossible(e.getMessage());
        problems.failed(id, display(id), reason);
    }

    private String display(NodeId id) throws TreeStoreException {
        Triple triple = trees.triple(id);
        try {
            return triple.isHere()
                    ? paths.display(paths.of(triple.local()))
                    : triple.remote().name();
        } catch (InvalidPathException e) {
            return triple.remote().name();
        }
    }

    private boolean make(Node node) throws TreeStoreException, IOException, StaleException {
        boolean isNew = !trees.triple(node.id()).isHere();
        LocalNode made = maker.make(node);
        done(made);
        return told(isNew ? DoneStep.Action.ADDED : DoneStep.Action.CHANGED, paths.of(made));
    }

    private boolean told(DoneStep.Action action, Path path) {
        progress.done(action, paths.display(path), false, 0);
        return true;
    }

    private boolean move(Operation.Move move) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(move.id());
        Path from = paths.of(node);
        Path to = paths.place(move.to().parent(), move.to().name());
        done(mover.move(node, from, to, move.to()));
        return told(DoneStep.Action.MOVED, to);
    }

    private boolean setAttributes(NodeId id, Attributes wanted) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(id);
        Path path = paths.of(node);
        done(attributes.set(node, path, wanted));
        return told(DoneStep.Action.ATTRIBUTES, path);
    }

    private boolean remove(NodeId id) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(id);
        Path path = paths.of(node);
        if (node.kind() == NodeKind.FOLDER && someLeft && holdsAny(id)) {
            throw new StaleException(path, path + " still counts as holding something");
        }
        if (disk.look(path).isEmpty()) {
            // Gone already. Its folder must not go while it still counts as being there.
            return done(node.withDeleted(true));
        }
        if (isIgnoreFileToStay(node, path)) {
            ignoreFiles.put(node.parent(), id);
            return false;
        }
        NodeId ignoreFile = ignoreFiles.remove(id);
        if (ignoreFile != null && !staying.mayStay(path)) {
            removeNow(local(ignoreFile), paths.of(local(ignoreFile)));
            ignoreFile = null;
        }
        if (ignoreFile != null) {
            done(local(ignoreFile).withDeleted(true));
        }
        return removeNow(node, path);
    }

    /** An ignore file stays in a folder that has to stay, as it says what is ignored in it. */
    private boolean isIgnoreFileToStay(LocalNode node, Path path) throws TreeStoreException, IOException {
        return node.name().equals(IgnoreProvider.FILE) && node.kind() == NodeKind.FILE
                && removals.contains(node.parent()) && staying.holdsIgnored(path.getParent());
    }

    private boolean removeNow(LocalNode node, Path path) throws TreeStoreException, IOException, StaleException {
        try {
            placement.remove(trees.triple(node.id()), path);
        } catch (DirectoryNotEmptyException e) {
            if (!staying.mayStay(path)) {
                throw new StaleException(path, path + " is not empty");
            }
            if (staying.empty(path)) {
                placement.remove(trees.triple(node.id()), path);
            } else {
                staying.add(path, node.stamp());
                rescan.folder(path.getParent());
            }
        }
        if (node.kind() == NodeKind.FOLDER) {
            problems.skipped(node.id(), List.of());
            problems.staying(node.id(), List.of());
        }
        durability.touched(path.getParent());
        if (!removals.contains(node.parent())) {
            told(DoneStep.Action.DELETED, path);
        }
        return done(node.withDeleted(true));
    }

    private boolean holdsAny(NodeId folder) throws TreeStoreException {
        trees.flush();
        return !trees.store().children(folder).isEmpty();
    }

    private boolean setAside(Operation.SetAside aside) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(aside.id());
        Path from = paths.of(node);
        Instant now = clock.instant();
        int attempt = 1;
        Path to;
        do {
            to = from.resolveSibling(
                    placement.conflictName(node.name(), node.kind(), now, attempt++));
        } while (disk.look(to).isPresent());
        LocalNode renamed = mover.move(node, from, to, new Place(node.parent(), to.getFileName().toString()));
        if (aside.asNew()) {
            Node base = trees.triple(node.id()).base();
            trees.forgetLocal(node.id());
            problems.complete(node.id());
            // Leads to what both sides came from, so that they can be merged.
            renamed = renamed.withId(base == null
                    ? NodeId.random(random)
                    : ConflictId.of(node.id(), base.sequence(), random));
        }
        progress.conflict(new ConflictCopy(paths.display(to), node.name(), now));
        trees.putLocal(renamed);
        return true;
    }

    private boolean adopt(Operation.Adopt adopt) throws TreeStoreException {
        LocalNode node = local(adopt.id());
        if (node.kind() == NodeKind.FOLDER) {
            trees.flush();
            for (LocalNode child : trees.store().children(adopt.id())) {
                trees.putLocal(child.withPlace(adopt.as(), child.name(), child.diskName()));
            }
            paths.forget();
            problems.adopted(adopt.id(), adopt.as());
        }
        trees.forgetLocal(adopt.id());
        problems.clear(adopt.id());
        problems.complete(adopt.id());
        return done(node.withId(adopt.as()));
    }

    private boolean read(NodeId id) throws TreeStoreException, IOException, StaleException {
        LocalNode node = local(id);
        return done(reader.read(node, paths.of(node), null, (chunk, raw, level) -> {
        }));
    }

    private boolean done(LocalNode node) throws TreeStoreException {
        problems.clear(node.id());
        if (node.deleted()) {
            problems.complete(node.id());
        } else {
            TimeProblem.report(node, paths, problems);
        }
        trees.putLocal(node);
        progress.add(ONE_CHANGE);
        return true;
    }

    private LocalNode local(NodeId id) throws TreeStoreException {
        return trees.triple(id).local();
    }
}
