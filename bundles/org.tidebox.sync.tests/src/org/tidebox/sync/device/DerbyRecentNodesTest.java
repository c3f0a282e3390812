package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.tree.Node;

/** Trees of which the newest part is not in its tables yet keep the contract as well. */
@Tag("C1")
@Tag("C6")
@Timeout(120)
final class DerbyRecentNodesTest extends TreeStoreContract {
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    static Path directory;

    private static ClientDatabase database;
    private static int folders;

    // Making a database takes a second, making trees in it takes none.
    private final FolderId here = new FolderId(String.format(Locale.ROOT, "%032x", ++folders));

    @Override
    protected TreeStore open() throws TreeStoreException {
        return open(0, NEVER);
    }

    /** Opens the database anew; what was not in the tables then is not there now either. */
    private TreeStore open(int few, Duration rest) throws TreeStoreException {
        close();
        database = new DerbyClientDatabaseProvider(few, rest).open(directory);
        return database.trees(here);
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void answersAsTheStoreInMemoryDoes() throws TreeStoreException {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        System.out.println("seed of answersAsTheStoreInMemoryDoes: " + seed);
        Random random = new Random(seed);
        RandomTrees trees = new RandomTrees(seed);
        TreeStore model = new MemoryTreeStore();
        TreeStore store = open();
        for (int step = 0; step < 80; step++) {
            TreeUpdate update = trees.update();
            model.write(update);
            store.write(update);
            if (step % 10 == 9) {
                store = open(random.nextInt(40), random.nextBoolean() ? Duration.ZERO : NEVER);
            }
            trees.assertSame(store, model);
        }
    }

    @Test
    void whatIsTooMuchToHoldGoesToTheTables() throws TreeStoreException {
        TreeStore store = open();
        for (int update = 0; update < 4; update++) {
            write(store, 1000 * update, 300, 20_000);
        }
        assertHasLinks(store, 1_200);
        assertHasLinks(open(), 1_200);
    }

    @Test
    void whatOnlyTheTablesHoldIsTakenToo() throws TreeStoreException {
        TreeStore store = open();
        write(store, 0, 10, 100);
        write(store, 1000, 10, 31_000);
        assertHasLinks(store, 20);
        assertHasLinks(open(), 20);
    }

    @Test
    void restingTreesAreSettledBesideEverythingElse() throws TreeStoreException {
        TreeStore store = open(0, Duration.ZERO);
        for (int update = 0; update < 10; update++) {
            write(store, 1000 * update, 100, 10);
            assertHasLinks(store, 100 * (update + 1));
        }
        TreeUpdate removal = new TreeUpdate();
        IntStream.range(0, 10).forEach(update -> IntStream.range(0, 100)
                .forEach(i -> removal.remote(id(1000 * update + i + 1), null)));
        store.write(removal);
        assertHasLinks(store, 0);
        assertHasLinks(open(), 0);
    }

    private static void write(TreeStore store, int first, int links, int length) throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        for (int i = 1; i <= links; i++) {
            Node link = Node.link(id(first + i), FOLDER, "link" + (first + i), PLAIN, "t".repeat(length));
            update.remote(link.id(), link);
        }
        store.write(update);
    }

    private static void assertHasLinks(TreeStore store, int count) throws TreeStoreException {
        assertThat(store.remoteChildren(FOLDER)).hasSize(count).allMatch(link -> link.target().startsWith("t"));
        assertThat(store.differences().remote()).isEqualTo(count);
        assertThat(store.dirty(null, 10_000)).hasSize(count);
    }
}
