package org.tidebox.sync.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** What the planner decides, case by case. A state is written {@code name:content}, {@code -} is "not there". */
@Tag("D1")
class PlannerTest {
    private static final Attributes ATTRIBUTES = new Attributes(0644, 5);
    private final Random random = new Random(3);
    private final Map<NodeId, Triple> nodes = new HashMap<>();

    @ParameterizedTest(name = "synced {0}, here {1}, there {2}: {3}")
    @CsvSource({
            // synced, local, remote, steps
            "-,     a:1,   -,     upload a:1",
            "-,     -,     a:1,   download a:1",
            "a:1,   a:1,   a:1,   ''",
            "a:1,   a:2,   a:1,   upload a:2",
            "a:1,   a:1,   a:2,   download a:2",
            "a:1,   a:2,   a:2,   ''",
            "a:1,   a:2,   a:3,   aside",
            "a:1,   -,     a:1,   upload -",
            "a:1,   a:1,   -,     remove",
            "a:1,   -,     -,     ''",
            "a:1,   -,     a:2,   download a:2",
            "a:1,   a:2,   -,     upload a:2",
            "a:1,   b:1,   a:1,   upload b:1",
            "a:1,   a:1,   b:1,   move b",
            "a:1,   b:1,   b:1,   ''",
            "a:1,   b:1,   c:1,   move c",
            "a:1,   b:1,   a:2,   download b:2 upload b:2",
            "a:1,   a:2,   b:1,   move b upload b:2",
            "a:1,   b:1,   -,     upload b:1",
            "a:1,   -,     b:1,   download b:1",
            "a:1,   b:2,   c:1,   move c upload c:2"})
    void mergesOneNode(String synced, String local, String remote, String steps) throws Exception {
        Triple triple = triple(synced, local, remote);
        nodes.put(triple.id(), triple);
        List<NodeId> dirty = triple.isDirty() ? List.of(triple.id()) : List.of();
        assertThat(describe(Planner.plan(new View(), dirty))).isEqualTo(steps);
    }

    @Test
    void ringOfNamesIsBrokenByAnIntermediateName() throws Exception {
        add("a:1", "a:1", "b:1");
        add("b:2", "b:2", "c:2");
        add("c:3", "c:3", "a:3");
        List<Operation> steps = Planner.plan(new View(), nodes.keySet()).local();
        assertThat(steps).hasSize(4).allMatch(step -> step instanceof Operation.Move);
        assertThat(((Operation.Move) steps.getFirst()).to().name()).startsWith(".tidebox-");
    }

    @Test
    void chainOfNamesGoesInOrder() throws Exception {
        add("a:1", "b:1", "a:1");
        add("b:2", "c:2", "b:2");
        add("c:3", "d:3", "c:3");
        assertThat(Planner.plan(new View(), nodes.keySet()).uploads()).extracting(upload -> upload.node().name())
                .containsExactly("d", "c", "b");
    }

    @Test
    void differentNodesAtOnePlaceKeepBoth() throws Exception {
        Triple mine = add("-", "a:1", "-");
        add("-", "-", "a:2");
        Plan plan = Planner.plan(new View(), nodes.keySet());
        assertThat(plan.local()).first().isEqualTo(new Operation.SetAside(mine.id(), false));
        assertThat(plan.uploads()).isEmpty();
    }

    @Test
    void equalNodesAtOnePlaceBecomeOne() throws Exception {
        Triple mine = add("-", "a:1", "-");
        Triple theirs = add("-", "-", "a:1");
        assertThat(Planner.plan(new View(), nodes.keySet()).local())
                .containsExactly(new Operation.Adopt(mine.id(), theirs.id()));
    }

    @Test
    void contentThatTheServerHadIsNoBaseOfAnEditMadeHere() {
        Triple sent = triple("a:1", "b:2", "a:3");
        Triple accepted = sent.accepted(sent.remote().withPlace(NodeId.ROOT, "b").withSequence(9));
        assertThat(describe(accepted.base())).isEqualTo("b:1");
        assertThat(describe(accepted.remote())).isEqualTo("b:3");
    }

    @Test
    void nodeLeavesAFolderThatGoesAndTakesItsName() throws Exception {
        NodeId folder = NodeId.random(random);
        DiskStamp stamp = new DiskStamp(0, 0, 0, 0755, "folder");
        Node agreed = Node.folder(folder, NodeId.ROOT, "a", ATTRIBUTES).withSequence(1);
        nodes.put(folder, new Triple(folder, new SyncedNode(agreed, "a", stamp), null, null)
                .withRemote(agreed.withDeleted(true).withSequence(2)));
        Triple file = triple("b:1", "b:1", "a:1");
        nodes.put(file.id(), file.withLocal(file.local().withPlace(folder, "b", "b")));
        assertThat(Planner.plan(new View(), nodes.keySet()).local()).hasSize(3)
                .contains(new Operation.Remove(folder), new Operation.Move(file.id(), new Place(NodeId.ROOT, "a")));
    }

    private Triple add(String synced, String local, String remote) {
        Triple triple = triple(synced, local, remote);
        nodes.put(triple.id(), triple);
        return triple;
    }

    private Triple triple(String synced, String local, String remote) {
        NodeId id = NodeId.random(random);
        DiskStamp stamp = new DiskStamp(1, 1, 1, 0644, "key");
        Triple triple = Triple.unknown(id);
        if (!synced.equals("-")) {
            triple = new Triple(id, new SyncedNode(node(id, synced, 1), "a", stamp), null, null);
        }
        Node base = triple.base();
        if (!remote.equals("-") || base != null) {
            triple = triple.withRemote(remote.equals("-")
                    ? base.withDeleted(true).withSequence(2)
                    : node(id, remote, remote.equals(synced) ? 1 : 2));
        }
        if (!local.equals("-") || base != null) {
            triple = triple.withLocal(local.equals("-")
                    ? LocalNode.of(base, stamp).withDeleted(true)
                    : LocalNode.of(node(id, local, 0), stamp));
        }
        return triple;
    }

    private static Node node(NodeId id, String text, long sequence) {
        String[] parts = text.split(":");
        byte[] chunk = new byte[ChunkId.LENGTH];
        chunk[0] = (byte) parts[1].charAt(0);
        Recipe recipe = new Recipe("test", 0, List.of(new RecipeEntry(new ChunkId(chunk), 1)));
        return Node.file(id, NodeId.ROOT, parts[0], ATTRIBUTES, recipe).withSequence(sequence);
    }

    private static String describe(Plan plan) {
        return String.join(" ", Stream.concat(plan.local().stream(), plan.uploads().stream()).map(PlannerTest::describe)
                .toList());
    }

    private static String describe(Operation operation) {
        return switch (operation) {
            case Operation.Download download -> "download " + describe(download.node());
            case Operation.Upload upload -> "upload " + describe(upload.node());
            case Operation.Move move -> "move " + move.to().name();
            case Operation.SetAside aside -> "aside";
            case Operation.Remove remove -> "remove";
            default -> operation.toString();
        };
    }

    private static String describe(Node node) {
        return node.deleted() ? "-" : node.name() + ":" + (char) node.recipe().entries().getFirst().id().toBytes()[0];
    }

    /** Shows the planner a handful of nodes in the root. */
    private final class View implements TreeView {
        @Override
        public void load(Collection<NodeId> ids) {
            assertThat(nodes.keySet()).containsAll(ids);
        }

        @Override
        public Triple triple(NodeId id) {
            return nodes.getOrDefault(id, Triple.unknown(id));
        }

        @Override
        public Optional<NodeId> at(Side side, Place place) {
            return nodes.values().stream().filter(triple -> place.equals(place(side, triple))).map(Triple::id)
                    .findFirst();
        }

        @Override
        public List<NodeId> children(Side side, NodeId folder) {
            return nodes.values().stream().filter(triple -> place(side, triple) != null)
                    .filter(triple -> place(side, triple).parent().equals(folder)).map(Triple::id).toList();
        }

        @Override
        public boolean isResting(NodeId id) {
            return false;
        }

        private static Place place(Side side, Triple triple) {
            if (side == Side.LOCAL) {
                return triple.isHere() ? new Place(triple.local().parent(), triple.local().name()) : null;
            }
            return triple.isThere() ? new Place(triple.remote().parent(), triple.remote().name()) : null;
        }
    }
}
