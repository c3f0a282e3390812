package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.delta.Chunker;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.apply.Placement;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.plan.Operation;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.TimeProblem;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Node;

/**
 * Writes files with the server's content. They are put together in the temporary folder, made durable, and renamed to
 * their places; the database hears of them last. Small files share requests, and are made durable together; while that
 * goes on, the contents of the next ones come.
 */
public final class Downloader {
    private static final long BATCH_BYTES = 16 << 20;
    private static final int BATCH_FILES = 2_000;

    private final ConfinedRoot confined;
    private final Disk disk;
    private final FileClocks fileClocks;
    private final ExtendedView extended;
    private final Guard guard;
    private final Durability durability;
    private final Trees trees;
    private final LocalPaths paths;
    private final Rescan rescan;
    private final Problems problems;
    private final Progress progress;
    private final Stop stop;
    private final Threads threads;
    private final Placement placement;
    private final FolderRemote server;
    private final ContentFetcher fetcher;
    private final Deque<Batch> begun = new ArrayDeque<>();
    private boolean progressed;

    public Downloader(FolderDisk here, FolderTrees known, FolderRemote server, Work work, Placement placement) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.fileClocks = here.fileClocks();
        this.extended = here.extended();
        this.guard = here.guard();
        this.durability = here.durability();
        this.trees = known.trees();
        this.paths = known.paths();
        this.rescan = known.rescan();
        this.problems = work.problems();
        this.progress = work.progress();
        this.stop = work.stop();
        this.threads = work.threads();
        this.placement = placement;
        this.server = server;
        this.fetcher = new ContentFetcher(server, work, this::oldContent);
    }

    private OldContent oldContent(Node node, Chunker chunker) throws IOException, TreeStoreException {
        LocalNode local = trees.triple(node.id()).local();
        return local == null || local.deleted() || !local.isRead() || local.stamp().size() == 0
                ? null
                : new OldContent(paths.of(local), local.recipe(), node.recipe(), chunker, server.leaves());
    }

    /** Files that are made durable together. */
    private record Batch(List<Incoming> files, FetchBatch fetched) {
    }

    /**
     * Carries out the downloads among some steps.
     *
     * @return whether at least one was done
     */
    public boolean download(List<Operation> operations)
            throws TreeStoreException, RemoteException, IOException, InterruptedException {
        progressed = false;
        try {
            for (List<Node> nodes : batches(operations)) {
                begin(nodes);
                if (begun.size() > 1) {
                    finish();
                }
            }
            while (!begun.isEmpty()) {
                finish();
            }
        } catch (RemoteException e) {
            keepWhole();
            throw e;
        } finally {
            fetcher.giveUp();
            begun.forEach(this::end);
            begun.clear();
            trees.flush();
        }
        return progressed;
    }

    private static List<List<Node>> batches(List<Operation> operations) {
        List<List<Node>> batches = new ArrayList<>();
        long bytes = 0;
        for (Operation operation : operations) {
            if (operation instanceof Operation.Download download) {
                bytes += download.node().recipe().size();
                if (batches.isEmpty() || bytes > BATCH_BYTES || batches.getLast().size() >= BATCH_FILES) {
                    batches.add(new ArrayList<>());
                    bytes = download.node().recipe().size();
                }
                batches.getLast().add(download.node());
            }
        }
        return batches;
    }

    private void begin(List<Node> nodes) throws TreeStoreException, RemoteException, InterruptedException {
        forget(nodes);
        List<Incoming> files = new ArrayList<>();
        for (Node node : nodes) {
            Optional<Path> temporary = temporary(node);
            if (temporary.isPresent()) {
                files.add(new Incoming(node, confined, temporary.get(), threads));
                progress.begin(node.id(), paths.display(target(node)), false,
                        node.recipe().size());
            }
        }
        FetchBatch fetched = fetcher.prepare();
        begun.add(new Batch(files, fetched));
        fetcher.begin(fetched, files);
    }

    /** Time has passed since the disk was looked at. */
    private void forget(List<Node> nodes) throws TreeStoreException {
        paths.forget();
        trees.load(nodes.stream().flatMap(node -> Stream.of(node.id(), node.parent())).toList());
    }

    /** Gives the files of the oldest batch their places. */
    private void finish() throws TreeStoreException, RemoteException, IOException, InterruptedException {
        Batch batch = begun.element();
        fetcher.await(batch.fetched(), batch.files());
        arrive(batch.files());
        end(begun.remove());
    }

    /** What came before the server failed need not come again. */
    private void keepWhole() throws TreeStoreException, IOException, InterruptedException {
        fetcher.giveUp();
        for (Batch batch : begun) {
            arrive(batch.files().stream().filter(Incoming::isWhole).toList());
        }
    }

    private void arrive(List<Incoming> files) throws TreeStoreException, IOException, InterruptedException {
        forget(files.stream().map(Incoming::node).toList());
        force(files);
        try {
            for (Incoming file : files) {
                stop.check();
                arrive(file);
            }
        } finally {
            placement.settle();
            durability.folders();
            trees.flush();
        }
    }

    private void end(Batch batch) {
        batch.files().forEach(Incoming::discard);
        batch.files().forEach(file -> progress.end(file.node().id()));
    }

    /** Returns where to put it together; empty if a step before this one failed, so that the folder is not there. */
    private Optional<Path> temporary(Node node) throws TreeStoreException {
        try {
            Triple triple = trees.triple(node.id());
            if (triple.isHere() ? !triple.local().samePlace(node) : !paths.isHere(node.parent())) {
                return Optional.empty();
            }
            Path target = target(node);
            if (!triple.isHere()) {
                guard.free(target);
            }
            return Optional.of(placement.temporary(target.getParent()));
        } catch (StaleException e) {
            rescan.at(e);
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            problems.failed(node.id(), node.name(), e instanceof IOException refused
                    ? Reasons.of(refused)
                    : new Obstacle.NameImpossible(e.getMessage()));
            return Optional.empty();
        }
    }

    private Path target(Node node) throws TreeStoreException {
        Triple triple = trees.triple(node.id());
        return triple.isHere()
                ? paths.of(triple.local())
                : paths.place(node.parent(), node.name());
    }

    private void force(List<Incoming> files) throws TreeStoreException, IOException {
        List<Path> whole = new ArrayList<>();
        for (Incoming file : files) {
            if (file.failure() == null) {
                try {
                    file.complete();
                    giveExtended(file);
                    disk.setTime(file.temporary(), file.node().attributes().mtime());
                    whole.add(file.temporary());
                } catch (IOException e) {
                    file.fail(Reasons.of(e));
                }
            }
        }
        durability.files(whole);
    }

    /** Comes before the mode, which may forbid it. */
    private void giveExtended(Incoming file) throws TreeStoreException, IOException {
        Node node = file.node();
        file.held(extended.give(node.id(), file.temporary(), target(node), node.attributes().extended()));
        Triple triple = trees.triple(node.id());
        if (triple.isHere() && extended.carry(triple.local(), target(node), file.temporary())) {
            file.held(null);
        }
    }

    private void arrive(Incoming file) throws TreeStoreException {
        Node node = file.node();
        try {
            if (file.failure() != null) {
                throw new ObstacleException(file.failure());
            }
            DoneStep.Action action = trees.triple(node.id()).isHere()
                    ? DoneStep.Action.CHANGED
                    : DoneStep.Action.ADDED;
            replace(file);
            problems.clear(node.id());
            progress.add(new SyncTotals(0, 0, 1, node.recipe().size(), 0, 1, 0));
            progress.done(action, paths.display(target(node)), false, node.recipe().size());
            progressed = true;
        } catch (StaleException e) {
            rescan.at(e);
        } catch (NotRealFolderException e) {
            rescan.at(e);
        } catch (IOException e) {
            problems.failed(node.id(), paths.display(target(node)), Reasons.of(e));
        }
    }

    private DiskStamp stamp(Path path) throws IOException {
        return disk.look(path).map(DiskEntry::stamp).orElse(DiskStamp.UNKNOWN);
    }

    /** Sets the mode, which most new files have already, and returns how the file is then. */
    private DiskStamp moded(Incoming file) throws IOException {
        int mode = file.node().attributes().mode();
        DiskStamp made = stamp(file.temporary());
        if (made.mode() == mode) {
            return made;
        }
        disk.setMode(file.temporary(), mode);
        return stamp(file.temporary());
    }

    private void replace(Incoming file) throws TreeStoreException, IOException, StaleException {
        Node node = file.node();
        Path target = target(node);
        Triple triple = trees.triple(node.id());
        DiskStamp before = moded(file);
        if (triple.isHere()) {
            placement.replace(file.temporary(), triple, target);
        } else {
            placement.create(file.temporary(), target);
        }
        file.placed();
        durability.touched(target.getParent());
        String diskName = target.getFileName().toString();
        DiskStamp now = before.kept(stamp(target));
        boolean isDoubtful = fileClocks.of(target.getParent()).isYoungAsWritten(now);
        LocalNode written = LocalNode.of(node, isDoubtful ? now.doubtful() : now)
                .withExtended(node.attributes().extended(), file.held());
        LocalNode placed = written.withPlace(node.parent(), node.name(), diskName);
        TimeProblem.report(placed, paths, problems);
        trees.putLocal(placed);
    }
}
