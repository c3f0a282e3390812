package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidebox.sync.device.TreeStoreContract.PLAIN;
import static org.tidebox.sync.device.TreeStoreContract.id;
import static org.tidebox.sync.device.TreeStoreContract.recipe;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** Makes updates on few nodes, and compares two stores. */
final class RandomTrees {
    private static final int NODES = 60;
    private final Random random;

    public RandomTrees(long seed) {
        random = new Random(seed);
    }

    public TreeUpdate update() {
        TreeUpdate update = new TreeUpdate();
        int rows = random.nextInt(40);
        for (int i = 0; i < rows; i++) {
            NodeId id = id(1 + random.nextInt(NODES));
            boolean remove = random.nextInt(3) == 0;
            switch (random.nextInt(4)) {
                case 0 -> update.synced(id, remove ? null : synced(node(id)));
                case 1 -> update.local(id, remove
                        ? null
                        : LocalNode.of(synced(node(id)))
                                .withDeleted(random.nextInt(4) == 0));
                case 2 -> update.remote(id, remove ? null : node(id).withDeleted(random.nextInt(4) == 0));
                default -> update.fact("fact" + random.nextInt(3), remove ? null : "value" + random.nextInt());
            }
        }
        return random.nextBoolean() ? update : update.cursor(random.nextLong(Long.MAX_VALUE));
    }

    private Node node(NodeId id) {
        NodeId parent = id(1 + random.nextInt(3));
        // Unique, as places are, and alike.
        String name = List.of("Aa", "BB", "aa", "aa ").get(random.nextInt(4)) + id.toHex().substring(0, 8);
        return switch (random.nextInt(3)) {
            case 0 ->
                Node.folder(id, parent, name, PLAIN.withExtended(extended())).withSequence(random.nextInt(100));
            case 1 -> Node.link(id, parent, name, PLAIN, "target " + random.nextInt());
            default -> Node.file(id, parent, name, PLAIN.withExtended(extended()),
                    recipe(random.nextInt(), random.nextInt(5)));
        };
    }

    private SyncedNode synced(Node node) {
        return new SyncedNode(node, random.nextBoolean() ? node.name() : "disk" + random.nextInt(),
                new DiskStamp(random.nextLong(), random.nextLong(), random.nextLong(), random.nextInt(01000),
                        "k" + random.nextInt(30)),
                random.nextBoolean() ? extended() : null);
    }

    private ExtendedAttributes extended() {
        byte[] value = new byte[random.nextInt(50)];
        random.nextBytes(value);
        return random.nextBoolean() ? ExtendedAttributes.NONE : ExtendedAttributes.of(Map.of("name", value));
    }

    public void assertSame(TreeStore store, TreeStore model) throws TreeStoreException {
        List<NodeId> ids = IntStream.rangeClosed(0, NODES + 5).filter(i -> random.nextInt(5) > 0)
                .mapToObj(TreeStoreContract::id).toList();
        assertThat(store.synced(ids)).isEqualTo(model.synced(ids));
        assertThat(store.local(ids)).isEqualTo(model.local(ids));
        assertThat(store.remote(ids)).isEqualTo(model.remote(ids));
        assertThat(store.differences()).isEqualTo(model.differences());
        assertThat(store.syncedCount()).isEqualTo(model.syncedCount());
        assertThat(store.cursor()).isEqualTo(model.cursor());
        assertThat(store.fact("fact1")).isEqualTo(model.fact("fact1"));
        List<String> keys = IntStream.range(0, 1 + random.nextInt(40)).mapToObj(i -> "k" + random.nextInt(30))
                .toList();
        assertThat(store.byKey(keys)).containsExactlyInAnyOrderElementsOf(model.byKey(keys));
        NodeId after = random.nextInt(3) == 0 ? null : id(random.nextInt(NODES));
        int limit = random.nextInt(NODES);
        assertThat(store.dirty(after, limit)).isEqualTo(model.dirty(after, limit));
        for (NodeId parent : List.of(id(1), id(2), id(3), id(4))) {
            assertSameFolder(store, model, parent);
        }
    }

    private static void assertSameFolder(TreeStore store, TreeStore model, NodeId parent)
            throws TreeStoreException {
        List<LocalNode> here = model.children(parent);
        List<Node> there = model.remoteChildren(parent);
        assertThat(store.children(parent)).containsExactlyInAnyOrderElementsOf(here);
        assertThat(store.remoteChildren(parent)).containsExactlyInAnyOrderElementsOf(there);
        for (LocalNode node : here) {
            assertThat(store.childNamed(parent, node.name())).contains(node);
            assertThat(store.remoteChildNamed(parent, node.name()))
                    .isEqualTo(model.remoteChildNamed(parent, node.name()));
        }
        for (Node node : there) {
            assertThat(store.remoteChildNamed(parent, node.name())).contains(node);
            assertThat(store.childNamed(parent, node.name())).isEqualTo(model.childNamed(parent, node.name()));
        }
    }
}
