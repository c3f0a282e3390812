package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Random commits against a model that is too simple to be wrong. */
@Tag("C3")
class CommitRandomTest {
    private static final int COMMITS = 150;
    private static final int NODES = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void journalDoesWhatTheModelSays(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            LibraryId library = server.library(session, "docs");
            JournalModel model = new JournalModel();
            List<NodeId> ids = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                ids.add(NodeId.random(random));
            }
            for (int i = 0; i < COMMITS; i++) {
                List<Change> changes = changes(random, ids, model);
                CommitResult answer = server.commit(session, library, changes.toArray(Change[]::new));
                assertThat(answer).as("seed %d, commit %d: %s", seed, i, changes)
                        .isEqualTo(model.commit(changes).withMark(answer.mark()));
            }
            assertThat(server.server.libraries().changes(session, library, 0, null, 1000).nodes())
                    .isEqualTo(model.inOrder());
            assertThat(model.head).as("accepted changes").isGreaterThan(COMMITS / 2);
        }
    }

    private static List<Change> changes(Random random, List<NodeId> ids, JournalModel model) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            NodeId id = pick(random, ids);
            Node now = model.nodes.get(id);
            long base = random.nextInt(10) == 0 ? random.nextInt(20) : now == null ? 0 : now.sequence();
            changes.add(new Change(base, wanted(random, ids, id, now)));
        }
        return changes;
    }

    private static Node wanted(Random random, List<NodeId> ids, NodeId id, Node now) {
        NodeId parent = random.nextInt(3) == 0 ? NodeId.ROOT : pick(random, ids);
        String name = "n" + random.nextInt(4);
        Attributes attributes = new Attributes(0700 + random.nextInt(2), 0);
        Node made = random.nextInt(4) > 0
                ? Node.folder(id, parent, name, attributes)
                : random.nextBoolean()
                        ? Node.file(id, parent, name, attributes, TestServer.recipe(0))
                        : Node.link(id, parent, name, attributes, "target" + random.nextInt(2));
        if (now == null) {
            return made;
        }
        return switch (random.nextInt(4)) {
            case 0 -> now.withDeleted(true);
            case 1 -> now.withPlace(parent, name).withDeleted(false);
            case 2 -> now.withAttributes(attributes);
            default -> made;
        };
    }

    private static NodeId pick(Random random, List<NodeId> ids) {
        return ids.get(random.nextInt(ids.size()));
    }
}
