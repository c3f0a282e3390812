package org.tidebox.storage.tests.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.storage.journal.JournalTransaction;
import org.tidebox.storage.journal.JournalTransaction.Place;
import org.tidebox.storage.tests.contract.Nodes;
import org.tidebox.storage.tests.memory.MemoryMetadataStore;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** Random commits to the database and to the plain model in memory: both must say the same at any time. */
@Tag("C3")
final class RandomJournalTest {
    private static final int ROUNDS = 150;
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    @Test
    void databaseAgreesWithTheModel() throws Exception {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        System.out.println("RandomJournalTest: -Dtidebox.seed=" + seed);
        Random random = new Random(seed);
        Journal real = derby.open(data).journal();
        Journal model = new MemoryMetadataStore().journal();
        LibraryId library = LibraryId.random(random);
        real.create(1, library, "home", LibraryKind.SYNC);
        model.create(1, library, "home", LibraryKind.SYNC);
        Writer writer = new Writer(random);
        Map<NodeId, Node> reader = new HashMap<>();
        long readTo = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Node> batch = writer.batch();
            long commitSeed = random.nextLong();
            List<Node> written = new Nodes(new Random(commitSeed)).append(real, library, batch);
            assertThat(new Nodes(new Random(commitSeed)).append(model, library, batch)).isEqualTo(written);
            compare(real, model, library, writer, random);
            int limit = 1 + random.nextInt(30);
            ChangePage page = real.changes(library, readTo, limit);
            assertThat(page).isEqualTo(model.changes(library, readTo, limit));
            page.nodes().forEach(node -> reader.put(node.id(), node));
            readTo = page.upTo();
        }
        real.changes(library, readTo, 100_000).nodes().forEach(node -> reader.put(node.id(), node));
        assertThat(reader).as("who reads page by page ends with the current state")
                .isEqualTo(current(model, library, writer));
    }

    private static void compare(Journal real, Journal model, LibraryId library, Writer writer, Random random)
            throws StorageException {
        Set<NodeId> ids = writer.pick(20).stream().map(Node::id).collect(Collectors.toSet());
        Set<Place> places = writer.pick(20).stream().map(n -> new Place(n.parent(), n.name()))
                .collect(Collectors.toSet());
        same(real, model, library, t -> t.nodes(ids));
        same(real, model, library, t -> t.at(places));
        same(real, model, library, t -> t.liveChildren(ids));
        same(real, model, library, JournalTransaction::head);
        NodeId one = ids.iterator().next();
        assertThat(real.history(library, one, Long.MAX_VALUE, 100))
                .isEqualTo(model.history(library, one, Long.MAX_VALUE, 100));
        long since = random.nextInt(100);
        assertThat(real.changes(library, since, 7)).isEqualTo(model.changes(library, since, 7));
    }

    private static <R> void same(Journal real, Journal model, LibraryId library, Journal.JournalWork<R> work)
            throws StorageException {
        assertThat(real.transact(library, work)).isEqualTo(model.transact(library, work));
    }

    private static Map<NodeId, Node> current(Journal journal, LibraryId library, Writer writer)
            throws StorageException {
        return journal.transact(library, t -> t.nodes(writer.known.keySet()));
    }

    /** Thinks up changes that leave no two live nodes at one place once a batch is over, as a server makes sure of. */
    private static final class Writer {
        private final Random random;
        private final Nodes nodes;
        private final Map<NodeId, Node> known = new HashMap<>();
        private final Map<Place, NodeId> taken = new HashMap<>();

        Writer(Random random) {
            this.random = random;
            this.nodes = new Nodes(random);
        }

        List<Node> batch() {
            List<Node> batch = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                Node node = change();
                Place place = new Place(node.parent(), node.name());
                if (node.deleted() || taken.getOrDefault(place, node.id()).equals(node.id())) {
                    taken.values().remove(node.id());
                    known.put(node.id(), node);
                    batch.add(node);
                    if (!node.deleted()) {
                        taken.put(place, node.id());
                    }
                }
            }
            return batch;
        }

        List<Node> pick(int count) {
            List<Node> picked = new ArrayList<>();
            List<Node> all = List.copyOf(known.values());
            for (int i = 0; i < count; i++) {
                picked.add(all.isEmpty() || random.nextInt(10) == 0
                        ? nodes.folder(NodeId.ROOT, name())
                        : all.get(random.nextInt(all.size())));
            }
            return picked;
        }

        private Node change() {
            Node old = pick(1).get(0);
            return switch (random.nextInt(6)) {
                case 0 -> nodes.folder(parent(), name());
                case 1 -> nodes.file(parent(), name());
                case 2 -> nodes.link(parent(), name());
                case 3 -> old.withDeleted(!old.deleted());
                case 4 -> old.withPlace(parent(), name());
                default -> old
                        .withAttributes(old.kind() == NodeKind.LINK ? nodes.attributes() : nodes.richAttributes());
            };
        }

        private NodeId parent() {
            return random.nextBoolean() ? NodeId.ROOT : pick(1).get(0).id();
        }

        private String name() {
            return List.of("a", "A", "a ", "ä", "b", "c", "d", "e\uD83D\uDE00").get(random.nextInt(8));
        }
    }
}
