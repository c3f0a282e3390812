package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.disk.ShownPath;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Writes nodes into a plain directory: contents are fetched in batches and streamed into temporary files beside, each
 * verified, forced and then given its name. What is there already is never overwritten, but told as a problem, unless a
 * run that was interrupted has written it. Parents come before what they hold; what comes in a folder that was not
 * written, or in a place where another node was, is refused. Not thread-safe, but for {@link #bytesDone()}.
 */
public final class StateWriter implements AutoCloseable {
    private static final String TEMPORARY = ".tidebox-restore";
    private static final long BATCH_BYTES = 8 << 20;
    private static final int BATCH_FILES = 1_000;
    private static final int OWNER_MAY_ALL = 0700;

    private final Path root;
    private final Path temporary;
    private final FolderDisk here;
    private final Work work;
    private final ContentFetcher fetcher;
    private final List<Incoming> batch = new ArrayList<>();
    private final Map<Incoming, Path> targets = new HashMap<>();
    private final Map<Path, Node> folders = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Tally tally = new Tally();
    private final boolean resumes;
    private long batchBytes;
    private boolean finished;

    /** Prepares to write below a directory, which is made if it is missing. */
    public StateWriter(Path root, LibraryId library, Remote remote, ChunkerRegistry chunkers,
            InstantSource clock, Threads threads) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        Stop stop = new Stop(threads);
        this.work = new Work(new Problems(clock), new Progress(() -> {
        }), stop, threads, clock, new SecureRandom());
        ConfinedRoot confined = new ConfinedRoot(this.root);
        this.here = FolderDisk.of(confined, new Disk(confined), MountPoints.none(this.root), true, work);
        this.fetcher = new ContentFetcher(new FolderRemote(remote, library, "", chunkers), work, OldVersions.NONE);
        this.resumes = isUnfinished(this.root);
        this.temporary = this.root.resolve(TEMPORARY);
        here.confined().createFolders(temporary);
    }

    /** What was written so far, and what was there. */
    private static final class Tally {
        private volatile long files;
        private long others;
        private volatile long unchanged;
        private volatile long bytes;
    }

    /** Returns whether writing below a directory was interrupted. */
    public static boolean isUnfinished(Path root) {
        return Files.isDirectory(root.resolve(TEMPORARY), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Writes one node, files at the latest when this is closed.
     *
     * @param path where, relative to the directory, with slashes
     */
    public void write(String path, Node node) throws RemoteException, InterruptedException {
        try {
            Path target = target(path, node);
            if (node.kind() == NodeKind.FILE) {
                add(target, node);
                return;
            }
            make(target, node);
        } catch (IOException e) {
            problems.add(new Problem(path, Reasons.of(e)));
        } catch (InvalidPathException | BadNameException e) {
            problems.add(new Problem(path, new Obstacle.NameImpossible(e.getMessage())));
        }
    }

    /** A server may say anything; what it says counts only where it fits what was written. */
    private Path target(String path, Node node) throws IOException, BadNameException {
        for (String name : path.split("/", -1)) {
            NodeName.check(name);
        }
        Path target = root.resolve(path);
        Path parent = target.getParent();
        Node folder = folders.get(parent);
        if (!parent.equals(root) && (folder == null || !folder.id().equals(node.parent()))) {
            throw new ObstacleException(new Obstacle.FolderNotWritten());
        }
        if (folders.containsKey(target) || target.equals(temporary)) {
            throw new ObstacleException(new Obstacle.PlaceTaken());
        }
        return target;
    }

    /** Writes what is still waiting, and gives folders their modes and times. */
    public void finish() throws RemoteException, InterruptedException {
        flush();
        folders.keySet().stream().sorted(Comparator.comparing(Path::getNameCount).reversed())
                .forEach(this::finishFolder);
        here.durability().folders();
        finished = true;
    }

    /** Returns how many files were written. */
    public long files() {
        return tally.files;
    }

    /** Returns how many folders and links were written. */
    public long others() {
        return tally.others;
    }

    /** Returns how many entries were there already; at any time, from any thread. */
    public long unchanged() {
        return tally.unchanged;
    }

    /** Returns how many bytes of contents have been written; at any time, from any thread. */
    public long bytesDone() {
        return tally.bytes
                + work.progress().status(List.of(), 0).transfers().stream().mapToLong(Transfer::done)
                        .sum();
    }

    /** Returns what could not be written, and why. */
    public List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(work.problems().list());
        return all;
    }

    /** Removes files that are unfinished. Their folder stays if not all was written: it shows who goes on. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            for (Path path : left.toList()) {
                here.confined().deleteIfExists(path);
            }
            if (finished) {
                here.confined().deleteIfExists(temporary);
            }
        } finally {
            here.confined().release();
        }
    }

    private void make(Path target, Node node) throws IOException {
        if (isThere(target, node)) {
            tally.unchanged++;
        } else if (node.kind() == NodeKind.LINK) {
            here.confined().createLink(target, target.getFileSystem().getPath(node.target()));
            made(target);
        } else {
            here.confined().createFolder(target);
            giveExtended(node, target, target);
            made(target);
        }
        if (node.kind() == NodeKind.FOLDER) {
            folders.put(target, node);
        }
    }

    private void made(Path target) {
        tally.others++;
        here.durability().touched(target.getParent());
    }

    private void add(Path target, Node node) throws IOException, RemoteException, InterruptedException {
        if (isThere(target, node)) {
            tally.unchanged++;
            return;
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        long size = node.recipe().size();
        if (!batch.isEmpty() && (batchBytes + size > BATCH_BYTES || batch.size() >= BATCH_FILES)) {
            flush();
        }
        Incoming file = new Incoming(node, here.confined(), temporary, work.threads());
        batch.add(file);
        targets.put(file, target);
        batchBytes += size;
        work.progress().begin(node.id(), ShownPath.of(root, target), false, size);
    }

    /** Returns whether an earlier run has written it: a file gets its name when its content and its time are set. */
    private boolean isThere(Path target, Node node) throws IOException {
        Optional<DiskEntry> there = resumes ? here.disk().look(target) : Optional.empty();
        return there.isPresent() && there.get().kind() == node.kind() && switch (node.kind()) {
            case FOLDER -> true;
            case LINK -> Files.readSymbolicLink(target).toString().equals(node.target());
            case FILE -> there.get().stamp().size() == node.recipe().size()
                    && there.get().stamp().mtime() == node.attributes().mtime();
        };
    }

    private void flush() throws RemoteException, InterruptedException {
        try {
            fetch(batch);
            List<Path> whole = new ArrayList<>();
            for (Incoming file : batch) {
                if (file.failure() == null) {
                    prepare(file, whole);
                }
            }
            here.durability().files(whole);
            batch.forEach(this::arrive);
        } catch (IOException e) {
            batch.forEach(file -> problems.add(new Problem(display(file), Reasons.of(e))));
        } finally {
            batch.forEach(Incoming::discard);
            batch.forEach(file -> work.progress().end(file.node().id()));
            batch.clear();
            targets.clear();
            batchBytes = 0;
        }
    }

    private void fetch(List<Incoming> files) throws RemoteException, InterruptedException {
        try {
            FetchBatch fetched = fetcher.prepare();
            fetcher.begin(fetched, files);
            fetcher.await(fetched, files);
        } catch (TreeStoreException e) {
            throw new IllegalStateException("no trees are read here", e);
        } finally {
            fetcher.giveUp();
        }
    }

    private void prepare(Incoming file, List<Path> whole) {
        try {
            file.complete();
            giveExtended(file.node(), file.temporary(), targets.get(file));
            here.disk().setTime(file.temporary(), file.node().attributes().mtime());
            whole.add(file.temporary());
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        }
    }

    private void giveExtended(Node node, Path path, Path target) throws IOException {
        ExtendedAttributes extended = node.attributes().extended();
        if (!extended.isEmpty()) {
            here.extended().begin();
            here.extended().give(node.id(), path, target, extended);
        }
    }

    private void arrive(Incoming file) {
        try {
            if (file.failure() != null) {
                throw new ObstacleException(file.failure());
            }
            Path target = targets.get(file);
            here.disk().setMode(file.temporary(), file.node().attributes().mode());
            place(file.temporary(), target);
            here.durability().touched(target.getParent());
            tally.files++;
            tally.bytes += file.node().recipe().size();
        } catch (IOException e) {
            problems.add(new Problem(display(file), Reasons.of(e)));
        }
    }

    /** What came there meanwhile stays: a link is never put in the place of something. */
    private void place(Path temporary, Path target) throws IOException {
        try {
            here.confined().addName(target, temporary);
            here.confined().delete(temporary);
        } catch (FileAlreadyExistsException | NotRealFolderException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Without hard links there is an instant between the look and the move.
            here.confined().move(temporary, target, () -> {
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(target.toString());
                }
            });
        }
    }

    private String display(Incoming file) {
        return ShownPath.of(root, targets.get(file));
    }

    private void finishFolder(Path folder) {
        Attributes attributes = folders.get(folder).attributes();
        try {
            here.disk().setMode(folder, attributes.mode() | OWNER_MAY_ALL);
            here.disk().setTime(folder, attributes.mtime());
            here.disk().setMode(folder, attributes.mode());
        } catch (IOException e) {
            problems.add(new Problem(ShownPath.of(root, folder), Reasons.of(e)));
        }
    }
}
