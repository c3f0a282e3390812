package org.tidebox.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncListener;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.folder.WorkLeft;
import org.tidebox.sync.internal.Engine;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.mounts.MountTable;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.tree.LibraryId;

/**
 * Keeps one local folder and one library the same. Its owner calls {@link #sync} at the start, when a watcher saw
 * something, when the server tells of a new head, and when a retry is due. Thread-safe; one run at a time, others
 * wait.
 */
public final class SyncFolder implements AutoCloseable {
    /**
     * The name of a folder in the root that belongs to the engine; it is never synchronised and should not be watched.
     */
    public static final String MARKER_FOLDER = FolderMarker.FOLDER;

    private static final Logger LOG = LoggerFactory.getLogger(SyncFolder.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Problems problems;
    private final Progress progress;
    private final Stop stop;
    private final Mounts mounts;
    private final TreeStore store;
    private final Engine engine;
    private final AtomicReference<Question> accepted = new AtomicReference<>();

    private SyncFolder(Builder builder) {
        problems = new Problems(builder.clock, () -> room(builder.root));
        progress = new Progress(builder.listener);
        Path root = builder.root.toAbsolutePath().normalize();
        stop = new Stop(builder.threads);
        Work work = new Work(problems, progress, stop, builder.threads, builder.clock, builder.random);
        ConfinedRoot confined = new ConfinedRoot(root);
        Disk disk = new Disk(confined);
        Trees trees = new Trees(builder.trees);
        FolderTrees known = new FolderTrees(trees, new LocalPaths(root, trees));
        mounts = new Mounts(confined, disk, known.trees(), known.paths(), builder.random);
        store = builder.trees;
        engine = new Engine(builder.id, FolderDisk.of(confined, disk, mounts, builder.keepsExtended, work), mounts,
                known, new FolderRemote(builder.remote, builder.library, builder.device, builder.chunkers), work);
    }

    private static long room(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            // A disk that cannot be asked has no more room than before.
            return 0;
        }
    }

    /** Begins to describe a folder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells empty trees that their folder is not a new one: where it lost its marker, as under an unmounted disk, it
     * stops and asks in the place of filling whatever is there.
     */
    public static void expectMarker(TreeStore trees) throws TreeStoreException {
        FolderMarker.expect(trees);
    }

    /** Removes what marks a directory as a sync folder, also on file systems that are mounted in it, so that it can be bound anew. */
    public static void removeMarker(Path root) throws IOException {
        new FolderMarker(root).remove();
        for (Path top : MountTable.below(root).keySet()) {
            new FolderMarker(top).remove();
        }
    }

    /**
     * Returns a text that is another one once the root was moved, replaced or unmounted, or something in it was mounted
     * or unmounted, as far as the system tells: no watcher hears of that. It costs two calls of the system, which may
     * take long where a disk does not answer.
     */
    public static String ground(Path root) {
        return MountTable.ground(root);
    }

    /**
     * Returns what {@link #ground(Path)} returned when a run looked at it last; empty before the first run. At any
     * time: where it is another text now, what was mounted came or went without a run that knows.
     */
    public String groundSeen() {
        return mounts.ground();
    }

    /** Makes both sides the same; of the library only the head is known, or {@link HeadNews#UNKNOWN_HEAD}. */
    public SyncReport sync(ScanScope scope, long remoteHead)
            throws IOException, RemoteException, TreeStoreException, InterruptedException {
        return sync(scope, new HeadNews(remoteHead));
    }

    /**
     * Makes both sides the same, as far as is known of changes: looks for local ones in a scope, asks the server for
     * its if it has any, and works until nothing is left to do.
     *
     * @param scope where to look; everywhere at the first run after a start
     * @param news what the server told of the library's head
     * @throws IOException if the root cannot be read
     * @throws RemoteException if the server cannot be reached or refuses; run again later
     * @throws TreeStoreException if the database fails
     * @throws InterruptedException if the folder is closed, or the thread interrupted; nothing is half done
     */
    public SyncReport sync(ScanScope scope, HeadNews news)
            throws IOException, RemoteException, TreeStoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            SyncTotals before = progress.totals();
            progress.head(news.head());
            Engine.End end = run(scope, news);
            return new SyncReport(progress.totals().since(before), end == Engine.End.QUIET, end == Engine.End.STOPPED,
                    engine.heldBack().takeAsked());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends again what the server has lost of files that are here, when it asks for that; does nothing if it does not.
     *
     * @throws RemoteException if the server cannot be reached or refuses; run again later
     * @throws TreeStoreException if the database fails
     * @throws InterruptedException if the folder is closed, or the thread interrupted
     */
    public void sendWanted() throws RemoteException, TreeStoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            engine.sendWanted();
        } finally {
            lock.unlock();
        }
    }

    private Engine.End run(ScanScope scope, HeadNews news)
            throws IOException, RemoteException, TreeStoreException, InterruptedException {
        try {
            Engine.End end = answered(scope, news);
            count();
            if (end != Engine.End.STOPPED) {
                progress.state(FolderState.IDLE, null);
            }
            return end;
        } catch (InterruptedException e) {
            progress.state(FolderState.IDLE, null);
            throw e;
        } catch (Error e) {
            progress.endAll();
            progress.state(FolderState.ERROR, new FolderMessage.Failed(String.valueOf(e)));
            throw e;
        } catch (IOException | RemoteException | TreeStoreException | RuntimeException e) {
            count();
            progress.state(FolderState.ERROR, new FolderMessage.Failed(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** One look allows one run: what a disk looks like after it was away nobody has seen yet. */
    private Engine.End answered(ScanScope scope, HeadNews news)
            throws IOException, RemoteException, TreeStoreException, InterruptedException {
        Question answer = accepted.getAndSet(null);
        boolean ended = false;
        try {
            Engine.End end = engine.run(scope, news, answer);
            ended = true;
            return end;
        } finally {
            if (!ended) {
                accepted.compareAndSet(null, answer);
            }
        }
    }

    private void count() {
        try {
            progress.pending(store.differences(), store.cursor());
        } catch (TreeStoreException e) {
            LOG.warn("The database of {} cannot tell what is left to do: {}", mounts.root(), e.getMessage());
        }
    }

    /** Returns a snapshot of what is going on; quick, does not wait for a run. */
    public FolderStatus status() {
        return progress.status(problems.list(), problems.failures());
    }

    /** Returns how much there is to do, as far as is known; quick. */
    public WorkLeft workLeft() {
        return progress.left();
    }

    /** Returns the entries that keep both sides from being the same now; not those that are left out. Quick. */
    public List<Problem> failing() {
        return problems.failing();
    }

    /** Returns how long it has not got on; means something during a run only. Quick. */
    public Pulse pulse() {
        return progress.pulse();
    }

    /**
     * Lets rules decide on transfers from the next run on. What is the same on both sides stays so, whatever they say.
     */
    public void rules(FolderRules rules) {
        engine.heldBack().rules(rules);
    }

    /**
     * Ignores from the next scan on what a provider says. What is synchronised already stays so.
     *
     * @param defaults what is ignored in all folders unless their own ignore files say otherwise
     */
    public void ignore(IgnoreProvider provider, String defaults) {
        engine.ignored().use(provider, defaults);
    }

    /**
     * Sets what happens to what is ignored in a folder that was deleted elsewhere: it is deleted here, too, or stays
     * here with its folder, as it does by default.
     */
    public void deleteIgnored(boolean delete) {
        engine.staying().deletes(delete);
    }

    /**
     * Returns what the rules hold back, by path; waits for a run to end.
     *
     * @throws TreeStoreException if the database fails
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Held> held() throws TreeStoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return engine.heldBack().list();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells what other rules would change; waits for a run to end.
     *
     * @throws TreeStoreException if the database fails
     * @throws InterruptedException if the thread is interrupted
     */
    public RulePreview preview(FolderRules other) throws TreeStoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return engine.heldBack().preview(other);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Decides on held entries past the rules, for their content as it is now: the next run transfers them once, or they
     * are asked about no more.
     *
     * @param which the entries
     * @param transfer whether they are transferred; else they are held
     * @return the entries that were decided on
     * @throws TreeStoreException if the database fails
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Held> choose(Predicate<Held> which, boolean transfer) throws TreeStoreException, InterruptedException {
        lock.lockInterruptibly();
        try {
            return engine.heldBack().choose(which, transfer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when another run should try again what failed, or look again at what was too young to tell whether it
     * changed.
     */
    public Optional<Instant> retryAt() {
        return Stream.of(problems.due(), engine.doubtsDue()).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Lets all that failed be tried at once by the next run. */
    public void retryNow() {
        problems.wakeAll();
    }

    /**
     * The user has looked at what the folder stopped to ask, and wants to go on: the next run does. The answer counts
     * for this question only; what is found otherwise meanwhile is asked anew.
     *
     * @return what it asked; empty if it did not
     */
    public Optional<Question> resume() {
        Optional<Question> question = engine.question();
        accepted.set(question.orElse(null));
        return question;
    }

    /** Ends a run at the next safe point, and waits for it. The database stays open. */
    @Override
    public void close() {
        stop.request();
        lock.lock();
        lock.unlock();
    }

    /** Describes a sync folder; everything but listener, randomness and threads must be set. */
    public static final class Builder {
        private FolderId id;
        private Path root;
        private LibraryId library;
        private String device;
        private TreeStore trees;
        private Remote remote;
        private ChunkerRegistry chunkers;
        private InstantSource clock;
        private SyncListener listener = () -> {
        };
        private RandomGenerator random = new SecureRandom();
        private Threads threads = Threads.REAL;
        private boolean keepsExtended;

        private Builder() {
        }

        /** Sets its identity on this device. */
        public Builder id(FolderId value) {
            id = value;
            return this;
        }

        /** Sets the local directory. */
        public Builder root(Path value) {
            root = value;
            return this;
        }

        /** Sets the library it is bound to. */
        public Builder library(LibraryId value) {
            library = value;
            return this;
        }

        /** Sets the name of this device, for conflict copies. */
        public Builder device(String value) {
            device = value;
            return this;
        }

        /** Sets where its trees are kept. */
        public Builder trees(TreeStore value) {
            trees = value;
            return this;
        }

        /** Sets the server. */
        public Builder remote(Remote value) {
            remote = value;
            return this;
        }

        /** Sets what cuts contents. */
        public Builder chunkers(ChunkerRegistry value) {
            chunkers = value;
            return this;
        }

        /** Sets what tells the time. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Sets who hears of progress. */
        public Builder listener(SyncListener value) {
            listener = value;
            return this;
        }

        /** Sets what makes ids; a seeded one makes a run repeatable. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** Sets how it works beside itself, and waits; real threads and real time by default. */
        public Builder threads(Threads value) {
            threads = value;
            return this;
        }

        /** Sets whether extended attributes of files and folders are kept; not by default. */
        public Builder keepsExtended(boolean value) {
            keepsExtended = value;
            return this;
        }

        /** Makes the folder; touches nothing yet. */
        public SyncFolder build() {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(root, "root");
            Objects.requireNonNull(library, "library");
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(trees, "trees");
            Objects.requireNonNull(remote, "remote");
            Objects.requireNonNull(chunkers, "chunkers");
            Objects.requireNonNull(clock, "clock");
            return new SyncFolder(this);
        }
    }
}
