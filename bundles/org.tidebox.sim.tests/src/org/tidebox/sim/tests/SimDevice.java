package org.tidebox.sim.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.SwapPoint;
import org.tidebox.remote.RemoteException;
import org.tidebox.server.events.EventHub;
import org.tidebox.files.tests.disk.Crash;
import org.tidebox.files.tests.disk.Observer;
import org.tidebox.files.tests.disk.SimDisk;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.tree.NodeId;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.MemoryTreeStore;

/** A computer: a disk, a database, and the engine on both. */
final class SimDevice implements AutoCloseable {
    private static final int COARSEST = 2;

    private final World world;
    private final String name;
    private final int index;
    private final SimDisk disk;
    private final boolean links;
    private final Duration tick;
    private final Path root;
    private final Random random;
    private final FolderId id;
    private final Link link;
    private MemoryTreeStore database = new MemoryTreeStore();
    private MemoryTreeStore backup = new MemoryTreeStore();
    private SyncFolder folder;
    private EventHub.Subscription events;
    private final SimMount mount;
    private Weather weather = Weather.calm();
    private boolean running;
    private Instant instant;
    private HeadNews lastNews = HeadNews.UNKNOWN;

    SimDevice(World world, int index, Random random, Duration tick) throws IOException {
        this.world = world;
        this.index = index;
        this.name = "d" + index;
        this.random = random;
        this.id = FolderId.random(random);
        this.tick = tick;
        this.links = random.nextInt(5) > 0;
        this.disk = new SimDisk(world.clock(), new Witness(), links, tick);
        this.root = disk.files().getPath("/box");
        this.link = new Link(world, this, index, 1 + random.nextInt(20));
        disk.asUser(() -> Files.createDirectory(root));
        this.mount = new SimMount(this, world.texts());
        connect();
        start();
    }

    /** Begins with a new engine on the same database. */
    void start() {
        SwapPoint<Chunker> chunkers = new SwapPoint<>(ChunkerRegistry.POINT);
        chunkers.add(world.chunker().name(), 0, world.chunker());
        folder = SyncFolder.builder().id(id).root(root).library(SimServer.LIBRARY).device(name).trees(watched())
                .remote(link).chunkers(chunkers::acquire).clock(world.clock()).random(random).threads(world.clock())
                .build();
        lastNews = HeadNews.UNKNOWN;
    }

    /** Something happens right before the engine's next call that begins so. */
    void before(String call, Runnable deed) {
        instant = new Instant(call, deed);
    }

    /** The engine is about to make a call. */
    void reach(String call) {
        if (instant != null && call.startsWith(instant.call)) {
            Runnable deed = instant.deed;
            instant = null;
            deed.run();
        }
    }

    /** What has not happened yet does not happen any more. */
    void nothingMore() {
        instant = null;
    }

    /** Returns whether what should happen before a call has happened. */
    boolean hasHappened() {
        return instant == null;
    }

    /** Listens to the server's news anew; what it told in between is lost. */
    void connect() {
        events = world.server().core().events().subscribe(world.server().session(index), true);
        lastNews = HeadNews.UNKNOWN;
    }

    /** Lets the engine work once, in some weather. */
    Optional<SyncReport> sync(ScanScope scope, HeadNews news, Weather now) throws Exception {
        weather = now;
        running = true;
        world.trace().deeper(1);
        try {
            SyncReport report = folder.sync(scope, news);
            Invariants.nothingLiesInAFolderThatIsGone(this);
            if (report.stopped()) {
                world.trace().add(name + " stopped: " + folder.status().message());
                if (!mount.isAskedFor(folder.status().message())) {
                    folder.resume();
                }
            }
            return Optional.of(report);
        } catch (RemoteException e) {
            world.trace().add(name + " failed: " + e.getMessage());
            return Optional.empty();
        } catch (Crash e) {
            world.trace().add(name + " " + e.getMessage());
            disk.restart(now.random);
            start();
            return Optional.empty();
        } finally {
            world.trace().deeper(-1);
            running = false;
            weather = Weather.calm();
        }
    }

    /** Syncs after a watcher or the server said something, true or not. */
    void sync(Random step) throws Exception {
        HeadNews told = world.server().news(events).orElse(lastNews);
        HeadNews news = switch (step.nextInt(4)) {
            case 0 -> HeadNews.KNOWN;
            case 1 -> lastNews;
            case 2 -> told;
            default -> HeadNews.UNKNOWN;
        };
        lastNews = told;
        sync(scope(step), news, Weather.of(step));
    }

    private ScanScope scope(Random step) throws IOException {
        return switch (step.nextInt(4)) {
            case 0 -> disk.asUser(() -> someFolders(step));
            case 3 -> disk.asUser(() -> someEntries(step));
            case 1 -> step.nextBoolean() ? ScanScope.NOTHING : ScanScope.EVERYTHING;
            default -> ScanScope.EVERYTHING;
        };
    }

    private ScanScope someFolders(Random step) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            Set<Path> folders = new HashSet<>(paths.sorted()
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                            && !isOwn(path) && step.nextBoolean())
                    .toList());
            return ScanScope.folders(folders);
        }
    }

    /** Names what is there and what the database knows, and for gone what is gone, and now and then what is there again. */
    private ScanScope someEntries(Random step) throws IOException {
        Set<Path> there = new HashSet<>();
        Set<Path> gone = new HashSet<>();
        Set<Path> all = new TreeSet<>();
        try (Stream<Path> paths = Files.walk(root)) {
            paths.filter(path -> !path.equals(root) && !isOwn(path)).forEach(all::add);
        }
        addKnown(NodeId.ROOT, root, all);
        for (Path entry : all) {
            if (step.nextBoolean()) {
                boolean isGone = Files.notExists(entry, LinkOption.NOFOLLOW_LINKS) || step.nextInt(8) == 0;
                (isGone ? gone : there).add(entry);
            }
        }
        return ScanScope.entries(there, gone);
    }

    private void addKnown(NodeId folder, Path at, Set<Path> all) {
        for (LocalNode node : database.children(folder)) {
            all.add(at.resolve(node.diskName()));
            addKnown(node.id(), at.resolve(node.diskName()), all);
        }
    }

    /** Returns the database, with crashes before writes. */
    private TreeStore watched() {
        MemoryTreeStore store = database;
        return (TreeStore) Proxy.newProxyInstance(TreeStore.class.getClassLoader(), new Class<?>[]{TreeStore.class},
                (self, method, values) -> {
                    if (method.getName().equals("write")) {
                        disk.point("database");
                    }
                    try {
                        return method.invoke(store, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void backUpDatabase() {
        backup = database.copy();
    }

    /** What a new or old database does not know of a file system that is not mounted, nobody knows. */
    void restoreDatabase() {
        if (!mount.isKnown()) {
            database = backup.copy();
            start();
        }
    }

    void deleteDatabase() {
        if (!mount.isKnown()) {
            database = new MemoryTreeStore();
            start();
        }
    }

    /** Returns the disk that is mounted inside its folder now and then. */
    SimMount mount() {
        return mount;
    }

    /** Returns how coarse times of its files are. */
    Duration fileTick() {
        return tick;
    }

    /** Returns what the folder holds: path to a text that tells kind, mode, time (to two seconds) and content. */
    TreeMap<String, String> content() throws IOException {
        return disk.asUser(() -> {
            TreeMap<String, String> content = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : paths.toList()) {
                    if (!path.equals(root) && !isOwn(path)) {
                        content.put(root.relativize(path).toString(), describe(path));
                    }
                }
            }
            return content;
        });
    }

    /** Returns whether its folder holds a file with a content. */
    boolean holds(byte[] content) {
        try {
            String text = " " + new String(content, StandardCharsets.ISO_8859_1);
            return content().values().stream()
                    .anyMatch(entry -> entry.startsWith("file") && entry.endsWith(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether it is, or lies in, a folder of the engine's own. */
    static boolean isOwn(Path path) {
        return (path + "/").contains("/" + SyncFolder.MARKER_FOLDER + "/");
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? "folder " + mode
                : "file " + mode + " " + held(Files.getLastModifiedTime(path)) + " " + text(path);
    }

    /** Returns what the disk with the coarsest clock holds of a time. */
    private static FileTime held(FileTime time) {
        long second = time.to(TimeUnit.SECONDS);
        return FileTime.from(second - Math.floorMod(second, COARSEST), TimeUnit.SECONDS);
    }

    static String text(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }

    String name() {
        return name;
    }

    Link link() {
        return link;
    }

    SimDisk disk() {
        return disk;
    }

    /** Lets more time pass than the clock of its file system takes for a tick. */
    void tick() {
        world.clock().advance(tick.plusMillis(1));
    }

    Path root() {
        return root;
    }

    SyncFolder folder() {
        return folder;
    }

    MemoryTreeStore database() {
        return database;
    }

    Weather weather() {
        return weather;
    }

    /** Returns whether its disk has hard links. */
    boolean hasLinks() {
        return links;
    }

    boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        folder.close();
        disk.close();
    }

    private record Instant(String call, Runnable deed) {
    }

    private final class Witness implements Observer {
        @Override
        public void before(String what) {
            world.before(SimDevice.this, what);
        }

        @Override
        public void destroys(String path, byte[] content) {
            world.destroys(SimDevice.this, path, content);
        }

        @Override
        public boolean shows(String path) {
            return (path.startsWith("/box/") || path.startsWith("/disks/")) && !isOwn(Path.of(path));
        }
    }
}
