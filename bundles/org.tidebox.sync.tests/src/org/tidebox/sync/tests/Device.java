package org.tidebox.sync.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.SystemTime;
import org.tidebox.remote.Remote;
import org.tidebox.rules.Decider;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncListener;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.tree.LibraryId;

/** A device with one sync folder, for tests. */
public final class Device implements AutoCloseable {
    public static final LibraryId LIBRARY = LibraryId.parse("00000000000000000000000000000001");

    private final String name;
    private final Path root;
    private final Remote remote;
    private final TreeStore store;
    private final FolderId id;
    private final Random random;
    private final InstantSource clock;
    private final Chunker chunker;
    private final Impatient threads = new Impatient();
    private final Steps steps = new Steps();
    private SyncFolder folder;
    private boolean keepsExtended;
    private FolderRules rules = FolderRules.NONE;

    public Device(String name, Path root, Remote remote, TreeStore store, long seed) throws IOException {
        this(name, root, remote, store, seed, SystemTime.clock());
    }

    public Device(String name, Path root, Remote remote, TreeStore store, long seed, InstantSource clock)
            throws IOException {
        this(name, root, remote, store, seed, clock, new FastCdcChunker());
    }

    public Device(String name, Path root, Remote remote, TreeStore store, long seed, Chunker chunker)
            throws IOException {
        this(name, root, remote, store, seed, SystemTime.clock(), chunker);
    }

    private Device(String name, Path root, Remote remote, TreeStore store, long seed, InstantSource clock,
            Chunker chunker) throws IOException {
        this.chunker = chunker;
        this.name = name;
        this.root = Files.createDirectories(root);
        this.remote = remote;
        this.store = store;
        this.random = new Random(seed);
        this.clock = clock;
        // A restarted device may get another seed, so that its ids do not repeat, but its folder stays the same.
        this.id = FolderId.random(new Random(name.hashCode()));
        start();
    }

    /** Stops the engine if it runs, and begins with a new one on the same database. */
    public void start() {
        if (folder != null) {
            folder.close();
        }
        folder = SyncFolder.builder().id(id).root(root).library(LIBRARY).device(name).trees(store).remote(remote)
                .chunkers(chunkers(chunker)).clock(clock).random(random).threads(threads).keepsExtended(keepsExtended)
                .listener(steps).build();
        folder.rules(rules);
    }

    /** Writes down what was done. */
    private static final class Steps implements SyncListener {
        private final List<DoneStep> done = new CopyOnWriteArrayList<>();

        @Override
        public void changed() {
            // Tests ask for the status.
        }

        @Override
        public void done(DoneStep step) {
            done.add(step);
        }
    }

    /** Returns what was done since this was called last. */
    public List<DoneStep> takeSteps() {
        List<DoneStep> taken = List.copyOf(steps.done);
        steps.done.clear();
        return taken;
    }

    /** Lets rules decide from now on. */
    public void rules(Decider upload, Decider download) {
        rules(new FolderRules(upload, download));
    }

    /** Lets rules decide from now on. */
    public void rules(FolderRules some) {
        rules = some;
        folder.rules(rules);
    }

    /** Keeps extended attributes from now on, or not; the engine begins anew. */
    public Device keepExtended(boolean keep) {
        keepsExtended = keep;
        start();
        return this;
    }

    public static ChunkerRegistry chunkers(Chunker chunker) {
        SwapPoint<Chunker> point = new SwapPoint<>(ChunkerRegistry.POINT);
        point.add(chunker.name(), 0, chunker);
        return point::acquire;
    }

    public SyncReport sync() throws Exception {
        return folder.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN_HEAD);
    }

    /** Does something where the engine would wait long; {@code null} for nothing. */
    public void whileWaiting(Impatient.Action action) {
        threads.whileWaiting(action);
    }

    public SyncFolder folder() {
        return folder;
    }

    public TreeStore store() {
        return store;
    }

    public Path path(String relative) {
        return root.resolve(relative);
    }

    public void write(String relative, String text) throws IOException {
        Files.createDirectories(path(relative).getParent());
        Files.writeString(path(relative), text);
    }

    public String read(String relative) throws IOException {
        return Files.readString(path(relative));
    }

    /** Returns what the folder holds: path to a text that tells kind, mode, time and content. */
    public TreeMap<String, String> content() {
        TreeMap<String, String> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            paths.filter(path -> !path.equals(root) && !isOwn(root.relativize(path)))
                    .forEach(path -> content.put(root.relativize(path).toString(), describe(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    /** Returns whether it is the engine's own folder, of the root or of a file system that is mounted inside. */
    private static boolean isOwn(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(name -> name.toString().equals(SyncFolder.MARKER_FOLDER));
    }

    private static String describe(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "link " + Files.readSymbolicLink(path);
            }
            if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
                return "special";
            }
            String mode = path.getFileSystem().supportedFileAttributeViews().contains("posix")
                    ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    : "";
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    ? "folder " + mode
                    : "file " + mode + " " + Files.getLastModifiedTime(path) + " "
                            + new String(Files.readAllBytes(path),
                                    StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
