package org.tidebox.sync.internal.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.RecipeReader;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.internal.content.FileReader;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.plan.Operation;
import org.tidebox.sync.internal.pull.Puller;
import org.tidebox.sync.internal.pull.SentContents;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.JournalPosition;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/**
 * Tells the server what changed here. Files are read once, in windows of a few MiB: while two windows are compressed,
 * sent and stored, the next one is read and hashed.
 */
public final class Uploader {
    private static final int MOST_REJECTIONS = 5;
    /** So many nodes are looked up at once. */
    private static final int AHEAD = 500;
    /** To compare a file with its older version costs a round trip or two. */
    private static final long WORTH_COMPARING = 32 << 10;

    private final FolderTrees known;
    private final FolderRemote server;
    private final Work work;
    private final Trees trees;
    private final LocalPaths paths;
    private final Rescan rescan;
    private final KnownLeaves leaves;
    private final Problems problems;
    private final Progress progress;
    private final Stop stop;
    private final Puller puller;
    private final FileReader reader;
    private final Map<NodeId, Integer> rejections = new HashMap<>();
    /** Whose chunks the server turned out not to have, although they belong to its current version. */
    private final Set<NodeId> doubted = new HashSet<>();
    /** Of which only what is new was sent in this run. */
    private final Set<NodeId> revised = new HashSet<>();
    private UploadWindow window;
    private WindowSender sender;
    private boolean progressed;
    private boolean behind;
    private long cursor;
    private boolean confirmed;
    private long deletions;

    public Uploader(FolderTrees known, FolderRemote server, Work work, FileReader reader, Puller puller) {
        this.known = known;
        this.server = server;
        this.work = work;
        this.trees = known.trees();
        this.paths = known.paths();
        this.rescan = known.rescan();
        this.leaves = server.leaves();
        this.problems = work.problems();
        this.progress = work.progress();
        this.stop = work.stop();
        this.puller = puller;
        this.reader = reader;
    }

    /** Returns whether the server has news: it refused something, or somebody else was faster; and forgets it. */
    public boolean takeBehind() {
        boolean was = behind;
        behind = false;
        return was;
    }

    /** Returns how many deletions the server has accepted since this was called last. */
    public long takeDeletions() {
        long taken = deletions;
        deletions = 0;
        return taken;
    }

    /** Says whether a person has confirmed the deletions that are sent from now on. */
    public void confirmed(boolean yes) {
        confirmed = yes;
    }

    /**
     * Carries out uploads.
     *
     * @return whether at least one was done
     */
    public boolean upload(List<Operation.Upload> uploads)
            throws TreeStoreException, RemoteException, InterruptedException {
        progressed = false;
        revised.clear();
        if (uploads.isEmpty()) {
            return false;
        }
        paths.forget();
        cursor = trees.store().cursor();
        try (WindowSender opened = new WindowSender(server, work)) {
            sender = opened;
            window = sender.newWindow();
            for (int i = 0; i < uploads.size(); i++) {
                stop.check();
                List<Operation.Upload> next = uploads.subList(i, Math.min(i + AHEAD, uploads.size()));
                trees.load(uploads.get(i).id(), () -> next.stream().map(Operation::id).toList());
                prepare(uploads.get(i));
                if (window.isFull()) {
                    submit();
                }
                proceed();
            }
            // Chunks without a change belong to files that turned out to be the same or changed meanwhile.
            if (!window.changes().isEmpty()) {
                submit();
            }
            while (!sender.isEmpty()) {
                step();
            }
        } catch (RemoteException e) {
            puller.unanswered(sender.unanswered());
            behind = true;
            if (e.getReason() == RemoteException.Reason.REFUSED || e.getReason() == RemoteException.Reason.FAILED) {
                doubted.addAll(revised);
            }
            throw e;
        } finally {
            progress.endAll();
            trees.flush();
        }
        return progressed;
    }

    private void prepare(Operation.Upload upload) throws TreeStoreException, RemoteException, InterruptedException {
        if (!upload.fromDisk()) {
            window.add(new Change(upload.base(), upload.node()));
            return;
        }
        LocalNode local = trees.triple(upload.id()).local();
        Path path = paths.of(local);
        String shown = paths.display(path);
        progress.begin(upload.id(), shown, true, local.stamp().size());
        try {
            read(upload, local, path);
        } catch (StaleException e) {
            rescan.at(e);
        } catch (IOException | InvalidPathException e) {
            Obstacle reason = e instanceof IOException io
                    ? Reasons.of(io)
                    : new Obstacle.NameImpossible(e.getMessage());
            problems.failed(upload.id(), shown, new Obstacle.FileUnreadable(reason));
        } finally {
            progress.end(upload.id());
        }
    }

    private void read(Operation.Upload upload, LocalNode local, Path path)
            throws TreeStoreException, IOException, StaleException, RemoteException, InterruptedException {
        LocalNode read;
        try {
            Recipe old = there(upload.id());
            read = old != null && old.size() >= WORTH_COMPARING
                    ? readRevision(upload.id(), local, path, old)
                    : readNew(upload.id(), local, path, old);
        } catch (SinkException e) {
            throw e.unwrap();
        }
        trees.putLocal(read);
        // What turns out as it was agreed on is no news, whatever the server has meanwhile.
        if (trees.triple(upload.id()).isLocallyChanged()) {
            window.add(new Change(upload.base(), withRecipe(upload.node(), read.recipe())));
        } else {
            progressed = true;
        }
    }

    private LocalNode readNew(NodeId id, LocalNode local, Path path, Recipe old)
            throws IOException, StaleException, SinkException {
        Set<ChunkId> known = old == null ? Set.of() : new HashSet<>(RecipeReader.ids(old.entries()));
        return reader.read(local, path, old, (chunk, raw, level) -> {
            if (!known.contains(chunk)) {
                add(chunk, raw, level, List.of());
            }
            taken(id, chunk, level, raw);
        });
    }

    private LocalNode readRevision(NodeId id, LocalNode local, Path path, Recipe old)
            throws IOException, StaleException, SinkException, RemoteException, InterruptedException {
        revised.add(id);
        try (Revision revision = new Revision(server, work, path, old, this::add)) {
            LocalNode read = reader.<SinkException>read(local, path, old,
                    (chunk, raw, level) -> {
                        revision.take(chunk, raw, level);
                        taken(id, chunk, level, raw);
                    });
            revision.finish(read.recipe());
            return read;
        }
    }

    /** Returns the content that is current on the server, so that its chunks are there for sure; or {@code null}. */
    private Recipe there(NodeId id) throws TreeStoreException {
        if (doubted.contains(id)) {
            return null;
        }
        Node remote = trees.triple(id).remote();
        return remote == null || remote.deleted() ? null : remote.recipe();
    }

    private void taken(NodeId id, ChunkId chunk, int level, ByteBuffer raw) {
        if (level == 0) {
            progress.advance(id, raw.remaining());
        } else {
            leaves.learn(chunk, raw);
        }
    }

    private void add(ChunkId chunk, ByteBuffer raw, int level, List<ChunkId> bases) throws SinkException {
        window.add(chunk, raw, level, bases);
        if (window.isFull()) {
            try {
                stop.check();
                submit();
            } catch (RemoteException | TreeStoreException | InterruptedException e) {
                throw new SinkException(e);
            }
        }
    }

    private static Node withRecipe(Node node, Recipe recipe) {
        return new Node(node.id(), 0, node.parent(), node.name(), node.kind(), node.attributes(), recipe, null,
                node.deleted());
    }

    /** Hands the window over, as soon as there is room for it. */
    private void submit() throws RemoteException, TreeStoreException, InterruptedException {
        if (!window.isEmpty()) {
            while (sender.isFull()) {
                step();
            }
            sender.begin(window);
            window = sender.newWindow();
            proceed();
        }
    }

    /** Goes on with the windows on their way as far as there is nothing to wait for. */
    private void proceed() throws RemoteException, TreeStoreException, InterruptedException {
        while (sender.isReady()) {
            step();
        }
    }

    /** Takes the oldest window one step further. */
    private void step() throws RemoteException, TreeStoreException, InterruptedException {
        if (sender.isEnding()) {
            settle();
            return;
        }
        String contents = SentContents.encode(sender.awaitPieces().changes());
        if (!contents.isEmpty()) {
            trees.store().write(new TreeUpdate().fact(SentContents.FACT, contents));
        }
        sender.end(JournalPosition.of(trees.store()).mark(), confirmed);
    }

    private void settle() throws RemoteException, TreeStoreException, InterruptedException {
        UploadWindow sent = sender.oldest();
        CommitResult result = sender.await();
        if (result == null) {
            return;
        }
        trees.load(sent.changes().stream().map(change -> change.node().id()).toList());
        for (int i = 0; i < sent.changes().size(); i++) {
            settle(sent.changes().get(i).node(), result.outcomes().get(i));
        }
        behind |= result.head() != cursor;
        trees.cursor(cursor);
        trees.fact(SentContents.FACT, null);
        trees.fact(JournalPosition.FACT, result.mark() == null
                ? Long.toString(result.head())
                : result.mark().toHex());
        trees.flush();
        progress.pending(trees.store().differences(), cursor);
    }

    private void settle(Node node, CommitResult.Outcome outcome) throws TreeStoreException {
        if (!outcome.isAccepted()) {
            rejected(node, outcome.conflict());
            return;
        }
        progressed = true;
        deletions += node.deleted() ? 1 : 0;
        doubted.remove(node.id());
        // Sequences have no gaps, so as long as ours follow on what we know, nobody else was in between.
        if (outcome.sequence() == cursor + 1) {
            cursor++;
        }
        Triple before = trees.triple(node.id());
        tell(node, before);
        trees.put(before.accepted(node.withSequence(outcome.sequence())));
        problems.clear(node.id());
        boolean file = node.recipe() != null && !node.deleted();
        progress.add(new SyncTotals(file ? 1 : 0, file ? node.recipe().size() : 0, 0, 0, 1, 0, 0));
    }

    private void tell(Node node, Triple before) throws TreeStoreException {
        // A folder that went with what was in it was told already, and may be forgotten.
        if (before.local() != null && paths.isPlaced(before.local().parent())
                && !(node.deleted() && isDeleted(node.parent()))) {
            progress.done(action(node, before.base()),
                    paths.display(paths.of(before.local())), true,
                    node.recipe() == null || node.deleted() ? 0 : node.recipe().size());
        }
    }

    private boolean isDeleted(NodeId folder) throws TreeStoreException {
        return !folder.equals(NodeId.ROOT) && !trees.triple(folder).isHere();
    }

    private static DoneStep.Action action(Node now, Node base) {
        if (now.deleted()) {
            return DoneStep.Action.DELETED;
        }
        if (base == null) {
            return DoneStep.Action.ADDED;
        }
        if (!now.samePlace(base)) {
            return DoneStep.Action.MOVED;
        }
        return now.sameContent(base) ? DoneStep.Action.ATTRIBUTES : DoneStep.Action.CHANGED;
    }

    private void rejected(Node node, Conflict conflict) {
        behind = true;
        if (conflict.reason() == Conflict.Reason.MISSING_CHUNKS) {
            doubted.add(node.id());
        }
        if (rejections.merge(node.id(), 1, Integer::sum) >= MOST_REJECTIONS) {
            rejections.remove(node.id());
            problems.failed(node.id(), node.name(),
                    new Obstacle.ServerRefuses(conflict.reason().name()));
        }
    }
}
