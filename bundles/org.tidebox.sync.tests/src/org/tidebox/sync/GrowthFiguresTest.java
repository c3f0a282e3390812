package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreContract;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.plan.StorePlanner;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * What one change costs a device that knows many entries: {@code -Dtidebox.growth.entries=10000,100000,1000000} says how
 * many. Those are in its database only, but for one folder that is also on the disk. Prints the median of each piece of
 * work.
 */
@EnabledIfSystemProperty(named = "tidebox.growth.entries", matches = "[\\d,]+")
class GrowthFiguresTest {
    private static final int BATCH = 10_000;
    private static final int IN_A_FOLDER = 50;
    private static final int MOST_ON_DISK = 100_000;
    private static final int WARM_UP = 100;
    private static final int REPEATS = 101;
    private static final Set<Path> FOLDER = Set.of(Path.of("folder"));
    private static final FolderId TREES = FolderId.random(new Random(1));

    @TempDir
    Path temporary;
    private final Random random = new Random(2);
    private final MemoryRemote server = new MemoryRemote();
    private int edits;

    static int[] sizes() {
        return Arrays.stream(System.getProperty("tidebox.growth.entries", "").split(",")).mapToInt(Integer::parseInt)
                .toArray();
    }

    /** Something whose time is taken. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void measure(int entries) throws Exception {
        try (ClientDatabase database = open(Integer.MAX_VALUE);
                Device device = device(database.trees(TREES))) {
            for (int i = 0; i < IN_A_FOLDER; i++) {
                device.write("folder/file" + i, "content " + i);
            }
            device.sync();
            fill(database.trees(TREES), entries);
        }
        try (ClientDatabase database = open(100); Device device = device(database.trees(TREES))) {
            assertThat(device.store().syncedCount()).isGreaterThan(entries);
            measure(entries, device);
        }
    }

    private void measure(int entries, Device device) throws Exception {
        SyncFolder folder = device.folder();
        folder.sync(ScanScope.folders(FOLDER), HeadNews.KNOWN_HEAD);
        time(entries, "device: scan of a folder of 50", WARM_UP, REPEATS, () -> {
        }, () -> folder.sync(ScanScope.folders(FOLDER), HeadNews.KNOWN_HEAD));
        time(entries, "device: sync of one change", WARM_UP, REPEATS,
                () -> device.write("folder/file7", "edit " + edits++),
                () -> folder.sync(ScanScope.folders(FOLDER), HeadNews.KNOWN_HEAD));
        LocalNode file = file(device.store());
        LocalNode edited = file.withRecipe(null).withStamp(DiskStamp.UNKNOWN);
        device.store().write(new TreeUpdate().local(file.id(), edited));
        time(entries, "device: plan of one change", WARM_UP, REPEATS, () -> {
        }, () -> assertThat(StorePlanner.plan(device.store(), BATCH).uploads()).hasSize(1));
    }

    /** All lie in one folder; what is named there is on the disk, and nobody looks for the others. */
    @ParameterizedTest
    @MethodSource("sizes")
    void measureOneFolder(int entries) throws Exception {
        try (ClientDatabase database = open(Integer.MAX_VALUE);
                Device device = device(database.trees(TREES))) {
            device.write("folder/file", "content");
            device.sync();
            fillOneFolder(database.trees(TREES), entries);
        }
        try (ClientDatabase database = open(100); Device device = device(database.trees(TREES))) {
            assertThat(device.store().syncedCount()).isGreaterThan(entries);
            measureOneFolder(entries, device);
        }
    }

    private void measureOneFolder(int entries, Device device) throws Exception {
        ScanScope edit = named(Set.of("folder/file"), Set.of());
        time(entries, "device: edit among all in one folder", WARM_UP, REPEATS,
                () -> device.write("folder/file", "edit " + edits++), () -> sync(device, edit));
        ScanScope rename = named(Set.of("folder/new name"), Set.of("folder/old name"));
        time(entries, "device: rename among all in one folder", WARM_UP, REPEATS, () -> {
            Files.deleteIfExists(device.path("folder/new name"));
            device.write("folder/old name", "old " + edits++);
            sync(device, named(Set.of("folder/old name"), Set.of("folder/new name")));
            Files.move(device.path("folder/old name"), device.path("folder/new name"));
        }, () -> sync(device, rename));
        ScanScope deletion = named(Set.of(), Set.of("folder/short-lived"));
        time(entries, "device: deletion among all in one folder", WARM_UP, REPEATS, () -> {
            device.write("folder/short-lived", "new " + edits++);
            sync(device, named(Set.of("folder/short-lived"), Set.of()));
            Files.delete(device.path("folder/short-lived"));
        }, () -> sync(device, deletion));
    }

    private static void sync(Device device, ScanScope scope) throws Exception {
        assertThat(device.folder().sync(scope, HeadNews.KNOWN_HEAD).quiet()).isTrue();
    }

    private static ScanScope named(Set<String> there, Set<String> gone) {
        return ScanScope.entries(there.stream().map(Path::of).collect(Collectors.toSet()),
                gone.stream().map(Path::of).collect(Collectors.toSet()));
    }

    private void fillOneFolder(TreeStore store, int entries) throws Exception {
        NodeId folder = store.childNamed(NodeId.ROOT, "folder").orElseThrow().id();
        for (int from = 0; from < entries; from += BATCH) {
            TreeUpdate update = new TreeUpdate();
            for (int i = from; i < Math.min(entries, from + BATCH); i++) {
                Node node = file(folder, i);
                update.synced(node.id(), new SyncedNode(node.withSequence(1), node.name(),
                        new DiskStamp(1000 + i, i, i, 0644, "synthetic " + i)));
            }
            store.write(update);
        }
    }

    /** A million files on the disk would say more about the disk. */
    @ParameterizedTest
    @MethodSource("sizes")
    void measureFullScan(int entries) throws Exception {
        assumeThat(entries).isLessThanOrEqualTo(MOST_ON_DISK);
        try (ClientDatabase database = open(100); Device device = device(database.trees(TREES))) {
            for (int i = 0; i < entries; i++) {
                device.write("folder" + i / IN_A_FOLDER + "/file" + i, "content " + i);
            }
            device.sync();
            device.sync();
            time(entries, "device: scan of everything", 4, 5, () -> {
            }, () -> device.folder().sync(ScanScope.EVERYTHING, HeadNews.KNOWN_HEAD));
        }
    }

    private static LocalNode file(TreeStore store) throws Exception {
        NodeId folder = store.childNamed(NodeId.ROOT, "folder").orElseThrow().id();
        return store.childNamed(folder, "file7").orElseThrow();
    }

    private void time(int entries, String what, int warmUp, int repeats, Work before, Work work) throws Exception {
        long[] nanos = new long[repeats];
        for (int i = -warmUp; i < repeats; i++) {
            before.run();
            long began = System.nanoTime();
            work.run();
            nanos[Math.max(i, 0)] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf("FIGURE growth %d %.3f ms %s%n", entries, nanos[repeats / 2] / 1e6, what);
    }

    private void fill(TreeStore store, int entries) throws Exception {
        NodeId folder = NodeId.ROOT;
        for (int from = 0; from < entries; from += BATCH) {
            TreeUpdate update = new TreeUpdate();
            for (int i = from; i < Math.min(entries, from + BATCH); i++) {
                boolean isFolder = i % IN_A_FOLDER == 0;
                Node node = isFolder ? folder(NodeId.ROOT, i) : file(folder, i);
                folder = isFolder ? node.id() : folder;
                update.synced(node.id(), new SyncedNode(node.withSequence(1), node.name(),
                        new DiskStamp(isFolder ? 0 : 1000 + i, i, i, 0644, "synthetic " + i)));
            }
            store.write(update);
        }
    }

    private Node folder(NodeId parent, int number) {
        return Node.folder(NodeId.random(random), parent, "synthetic" + number, new Attributes(0755, 0));
    }

    private Node file(NodeId parent, int number) {
        return Node.file(NodeId.random(random), parent, "file" + number, new Attributes(0644, number),
                TreeStoreContract.recipe(number, 1));
    }

    private ClientDatabase open(int few) throws Exception {
        return new DerbyClientDatabaseProvider(few, Duration.ofSeconds(1)).open(temporary.resolve("database"));
    }

    private Device device(TreeStore store) throws Exception {
        return new Device("one", Files.createDirectories(temporary.resolve("root")), server, store, random.nextLong());
    }
}
