package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.TreeStore.Differences;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Trees in Derby keep the contract, and outlive the process. */
@Tag("C6")
@Timeout(120)
final class DerbyTreeStoreTest extends TreeStoreContract {
    private static final int FILES = 20_000;
    private static final int FOLDERS = 400;
    private static final byte[] HALF = {0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    // Many times what a slow and busy machine takes.
    private static final long LIMIT_NANOS = 30_000_000_000L;

    @TempDir
    static Path directory;

    private static ClientDatabase database;
    private static int folders;

    // Making a database takes a second, making trees in it takes none.
    private final FolderId here = folder();
    private final FolderId there = folder();

    private static FolderId folder() {
        return new FolderId(String.format(Locale.ROOT, "%032x", ++folders));
    }

    @BeforeAll
    static void openDatabase() throws TreeStoreException {
        database = new DerbyClientDatabaseProvider().open(directory);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Override
    protected TreeStore open() {
        return database.trees(here);
    }

    private TreeStore reopen() throws TreeStoreException {
        database.close();
        openDatabase();
        return open();
    }

    @Test
    void reopeningFindsEverything() throws TreeStoreException {
        LocalNode local = local(2, FOLDER, "b").withDeleted(true);
        Node remote = file(3, FOLDER, "c").withDeleted(true);
        database.trees(here).write(new TreeUpdate().synced(id(1), agreed(1, FOLDER, "a")).local(id(2), local)
                .remote(id(3), remote)
                .cursor(5).fact("k", "v"));
        TreeStore store = reopen();
        assertThat(store.differences()).isEqualTo(new Differences(1, 1, 1, 1));
        assertThat(store.syncedCount()).isEqualTo(1);
        assertThat(store.cursor()).isEqualTo(5);
        assertThat(store.fact("k")).contains("v");
        assertThat(store.children(FOLDER)).containsExactly(local(1, FOLDER, "a"));
        assertThat(store.local(List.of(id(2)))).containsValue(local);
        assertThat(store.remote(List.of(id(3)))).containsValue(remote);
        store.write(new TreeUpdate().local(id(2), null).remote(id(3), null));
        assertThat(store.differences().isEmpty()).isTrue();
    }

    @Test
    void anUpdateThatFailsInTheMiddleChangesNothing() throws TreeStoreException {
        TreeStore store = database.trees(here);
        store.write(new TreeUpdate().synced(id(1), agreed(1, FOLDER, "a")).local(id(2), local(2, FOLDER, "b"))
                .cursor(3));
        TreeUpdate bad = new TreeUpdate().synced(id(1), null).synced(id(4), agreed(4, FOLDER, "d")).local(id(2), null)
                .cursor(9)
                .remote(id(5), file(5, FOLDER, "n".repeat(5000))).fact("k", "v");
        assertThatExceptionOfType(TreeStoreException.class).isThrownBy(() -> store.write(bad))
                .withMessageContaining(directory.toString());
        assertUnchanged(store);
        assertUnchanged(reopen());
    }

    private static void assertUnchanged(TreeStore after) throws TreeStoreException {
        assertThat(after.synced(List.of(id(1), id(4))).keySet()).containsExactly(id(1));
        assertThat(after.local(List.of(id(2)))).hasSize(1);
        assertThat(after.differences()).isEqualTo(new Differences(1, 0, 0, 0));
        assertThat(after.syncedCount()).isEqualTo(1);
        assertThat(after.cursor()).isEqualTo(3);
        assertThat(after.fact("k")).isEmpty();
    }

    @Test
    void foldersAreApart() throws TreeStoreException {
        TreeStore store = database.trees(here);
        TreeStore other = database.trees(there);
        store.write(new TreeUpdate().synced(id(1), agreed(1, FOLDER, "a")).local(id(2), local(2, FOLDER, "b")).cursor(1)
                .fact("k", "1"));
        other.write(new TreeUpdate().synced(id(1), agreed(1, FOLDER, "x")).remote(id(2), file(2, FOLDER, "y")).cursor(2)
                .fact("k", "2"));
        assertThat(store.children(FOLDER)).extracting(LocalNode::name).containsExactlyInAnyOrder("a", "b");
        assertThat(other.children(FOLDER)).extracting(LocalNode::name).containsExactly("x");
        assertThat(other.remoteChildren(FOLDER)).extracting(Node::name).containsExactlyInAnyOrder("x", "y");
        assertThat(other.byKey(List.of("inode1"))).extracting(LocalNode::name).containsExactly("x");
        assertThat(store.fact("k")).contains("1");
        assertThat(other.cursor()).isEqualTo(2);
        other.write(new TreeUpdate().synced(id(1), null).remote(id(2), null).fact("k", null));
        assertThat(store.syncedCount()).isEqualTo(1);
        assertThat(store.dirty(null, 9)).containsExactly(id(2));
        assertThat(other.dirty(null, 9)).isEmpty();
        assertThat(store.fact("k")).contains("1");
    }

    @Test
    void answersAsTheStoreInMemoryDoes() throws TreeStoreException {
        long seed = new Random().nextLong();
        System.out.println("seed of answersAsTheStoreInMemoryDoes: " + seed);
        RandomTrees random = new RandomTrees(seed);
        TreeStore model = new MemoryTreeStore();
        TreeStore store = database.trees(here);
        for (int step = 0; step < 60; step++) {
            TreeUpdate update = random.update();
            model.write(update);
            store.write(update);
            database.trees(there).write(random.update());
            store = step % 20 == 19 ? reopen() : store;
            random.assertSame(store, model);
        }
    }

    @Test
    void readersSeeWholeUpdatesOnly() throws Exception {
        TreeStore store = database.trees(here);
        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> reader = () -> {
            int reads = 0;
            for (; !done.get() || reads == 0; reads++) {
                assertThat(store.children(FOLDER).size() % 50).isZero();
                assertThat(store.differences().local() % 50).isZero();
            }
            return reads;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader),
                    threads.submit(reader));
            try {
                for (int round = 0; round < 30; round++) {
                    writeFifty(store, round % 2 == 0);
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    private static void writeFifty(TreeStore store, boolean alive) throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        IntStream.rangeClosed(1, 50).forEach(i -> update.local(id(i), alive ? local(i, FOLDER, "n" + i) : null));
        store.write(update);
    }

    @Test
    void anInterruptWaitsUntilTheWorkIsDone() throws TreeStoreException {
        long seed = new Random().nextLong();
        System.out.println("seed of anInterruptWaitsUntilTheWorkIsDone: " + seed);
        Random random = new Random(seed);
        TreeStore store = database.trees(here);
        Thread worker = Thread.currentThread();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            for (int i = 1; i <= 100; i++) {
                long delay = random.nextInt(3_000_000);
                CompletableFuture<Void> interrupt = CompletableFuture.runAsync(() -> {
                    LockSupport.parkNanos(delay);
                    worker.interrupt();
                }, threads);
                store.write(new TreeUpdate().synced(id(i), agreed(i, FOLDER, "n")).local(id(i), local(i, FOLDER, "l")));
                assertThat(store.synced(List.of(id(i)))).hasSize(1);
                interrupt.join();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        assertThat(store.differences().local()).isEqualTo(100);
        TreeStore after = reopen();
        assertThat(after.syncedCount()).isEqualTo(100);
        assertThat(after.differences().local()).isEqualTo(100);
    }

    /** Prints what the usual questions cost with many files; without its indexes the store takes longer than it may. */
    @Test
    void isQuickWithManyFiles() throws TreeStoreException {
        TreeStore store = database.trees(here);
        List<SyncedNode> all = manyNodes();
        writeInPages("insert of 20 x 1,000 agreed nodes", all, (update, node) -> update.synced(node.node().id(), node));
        readFolders("children() of 400 folders without differences", store);
        List<NodeId> ids = all.stream().map(node -> node.node().id()).toList();
        timed("synced() of all ids", () -> assertThat(store.synced(ids)).hasSize(FILES));
        writeInPages("insert of 20 x 1,000 local differences", all,
                (update, node) -> update.local(node.node().id(), LocalNode.of(node).withRecipe(null)));
        readFolders("children() of 400 folders that all differ", store);
        timed("childNamed() 1,000 times", () -> {
            for (int i = 0; i < 1000; i++) {
                assertThat(store.childNamed(id(i % FOLDERS), "file-" + i + ".txt")).isPresent();
            }
        });
        List<String> keys = all.subList(0, 1000).stream().map(node -> node.stamp().key()).toList();
        timed("byKey() of 1,000 keys", () -> assertThat(store.byKey(keys)).hasSize(1000));
        timed("dirty() of all", () -> assertThat(store.dirty(null, FILES)).hasSize(FILES));
        timed("dirty() 1,000 from the middle", () -> assertThat(store.dirty(new NodeId(HALF), 1000)).hasSize(1000));
        writeInPages("20 x 1,000 differences agreed on", all, (update, node) -> update.local(node.node().id(), null)
                .synced(node.node().id(), agreed(node.node().withSequence(5), "new " + node.stamp().key())));
        timed("close, open and count", () -> assertThat(reopen().syncedCount()).isEqualTo(FILES));
        timed("differences() 1,000 times", () -> {
            for (int i = 0; i < 1000; i++) {
                assertThat(database.trees(here).differences().isEmpty()).isTrue();
            }
        });
        timed("removal of the folder", () -> database.removeFolder(here));
        assertThat(database.trees(here).syncedCount()).isZero();
    }

    private static List<SyncedNode> manyNodes() {
        Random random = new Random(1);
        return IntStream.range(0, FILES).mapToObj(i -> {
            NodeId id = NodeId.random(random);
            Node node = Node.file(id, id(i % FOLDERS), "file-" + i + ".txt", PLAIN, recipe(i, 1));
            return agreed(node, "(dev=fd00,ino=" + i + ")");
        }).toList();
    }

    private void writeInPages(String what, List<SyncedNode> all, BiConsumer<TreeUpdate, SyncedNode> change)
            throws TreeStoreException {
        timed(what, () -> {
            for (int from = 0; from < all.size(); from += 1000) {
                TreeUpdate update = new TreeUpdate();
                all.subList(from, from + 1000).forEach(node -> change.accept(update, node));
                database.trees(here).write(update);
            }
        });
    }

    private static void readFolders(String what, TreeStore store) throws TreeStoreException {
        timed(what, () -> {
            for (int i = 0; i < FOLDERS; i++) {
                assertThat(store.children(id(i))).hasSize(FILES / FOLDERS);
            }
        });
    }

    /** Something whose time is taken. */
    @FunctionalInterface
    private interface Step {
        void run() throws TreeStoreException;
    }

    private static void timed(String what, Step step) throws TreeStoreException {
        long start = System.nanoTime();
        step.run();
        long nanos = System.nanoTime() - start;
        System.out.printf(Locale.ROOT, "%-50s %7.1f ms%n", what, nanos / 1e6);
        assertThat(nanos).as(what).isLessThan(LIMIT_NANOS);
    }
}
