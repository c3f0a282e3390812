package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.TreeStore.Differences;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** What every tree store must do. */
@Tag("C2")
public abstract class TreeStoreContract {
    public static final Attributes PLAIN = new Attributes(0644, 1_700_000_000_123_456_789L);
    public static final NodeId FOLDER = id(0x100);

    private TreeStore store;

    /** Returns a store that holds nothing. */
    protected abstract TreeStore open() throws TreeStoreException;

    public static NodeId id(int number) {
        byte[] bytes = new byte[NodeId.LENGTH];
        for (int i = 0; i < Integer.BYTES; i++) {
            // The highest bits come first, so that ids are in the order of the numbers taken as unsigned.
            bytes[i] = (byte) (number >>> Integer.SIZE - Byte.SIZE * (i + 1));
        }
        bytes[NodeId.LENGTH - 1] = 1;
        return new NodeId(bytes);
    }

    /** Returns a recipe whose encoded form ends in a byte that is a blank. */
    public static Recipe recipe(int seed, int entries) {
        byte[] chunk = new byte[ChunkId.LENGTH];
        new Random(seed).nextBytes(chunk);
        return new Recipe("fastcdc", 0, Collections.nCopies(entries, new RecipeEntry(new ChunkId(chunk), ' ')));
    }

    public static Node file(int number, NodeId parent, String name) {
        return Node.file(id(number), parent, name, PLAIN, recipe(number, 1)).withSequence(number);
    }

    public static SyncedNode agreed(Node node, String key) {
        return new SyncedNode(node, node.name(), new DiskStamp(32, 5, 6, 0644, key));
    }

    public static SyncedNode agreed(int number, NodeId parent, String name) {
        return agreed(file(number, parent, name), "inode" + number);
    }

    public static LocalNode local(int number, NodeId parent, String name) {
        return LocalNode.of(agreed(number, parent, name));
    }

    @BeforeEach
    void openStore() throws TreeStoreException {
        store = open();
    }

    @Test
    void holdsNothingAtFirst() throws TreeStoreException {
        List<NodeId> ids = List.of(id(1), id(2));
        assertThat(store.synced(ids)).isEmpty();
        assertThat(store.local(ids)).isEmpty();
        assertThat(store.remote(ids)).isEmpty();
        assertThat(store.children(NodeId.ROOT)).isEmpty();
        assertThat(store.remoteChildren(NodeId.ROOT)).isEmpty();
        assertThat(store.childNamed(NodeId.ROOT, "a")).isEmpty();
        assertThat(store.remoteChildNamed(NodeId.ROOT, "a")).isEmpty();
        assertThat(store.byKey(List.of("k"))).isEmpty();
        assertThat(store.dirty(null, 10)).isEmpty();
        assertThat(store.differences()).isEqualTo(new Differences(0, 0, 0, 0));
        assertThat(store.syncedCount()).isZero();
        assertThat(store.cursor()).isZero();
        assertThat(store.fact("a")).isEmpty();
    }

    @Test
    void keepsEveryPartOfAgreedNodes() throws TreeStoreException {
        Attributes extreme = new Attributes(Attributes.NO_MODE, Long.MIN_VALUE);
        List<SyncedNode> nodes = List.of(agreed(1, NodeId.ROOT, "plain.txt"),
                new SyncedNode(Node.file(id(2), FOLDER, "\u00e9", extreme, recipe(2, 0)), "e\u0301",
                        new DiskStamp(Long.MAX_VALUE, -1, Long.MIN_VALUE, Attributes.NO_MODE, "")),
                new SyncedNode(Node.file(id(3), FOLDER, "\ud83c\udf0a".repeat(63), PLAIN,
                        recipe(3, Recipe.MAX_ENTRIES)), "\ud83c\udf0a", DiskStamp.UNKNOWN),
                agreed(Node.folder(id(-1), FOLDER, " ", new Attributes(07777, -1)).withSequence(Long.MAX_VALUE),
                        "(dev=1,ino=2)"),
                agreed(Node.link(id(5), FOLDER, "link", PLAIN, ""), "5"),
                agreed(Node.link(id(6), FOLDER, "long", PLAIN, "../x ".repeat(800)), "6"));
        TreeUpdate update = new TreeUpdate();
        nodes.forEach(node -> update.synced(node.node().id(), node));
        store.write(update);
        assertThat(store.synced(update.synced().keySet()).values()).containsExactlyInAnyOrderElementsOf(nodes);
        assertThat(store.syncedCount()).isEqualTo(6);
        assertThat(store.differences().isEmpty()).isTrue();
        assertThat(store.remoteChildren(FOLDER))
                .containsExactlyInAnyOrderElementsOf(nodes.stream().skip(1).map(SyncedNode::node).toList());
        assertThat(store.children(FOLDER))
                .containsExactlyInAnyOrderElementsOf(nodes.stream().skip(1).map(LocalNode::of).toList());
    }

    @Test
    void keepsEveryPartOfDifferences() throws TreeStoreException {
        LocalNode read = new LocalNode(id(1), FOLDER, "\u00e9", "e\u0301", NodeKind.FILE, PLAIN, recipe(1, 2), null,
                new DiskStamp(64, 1, 2, 0600, "k").doubtful(), false);
        LocalNode unread = local(2, FOLDER, "b").withRecipe(null);
        LocalNode gone = local(3, FOLDER, "c").withDeleted(true);
        Node edited = file(1, FOLDER, "d").withSequence(9);
        Node deleted = Node.link(id(4), FOLDER, "e", PLAIN, "target").withDeleted(true);
        store.write(new TreeUpdate().local(id(1), read).local(id(2), unread).local(id(3), gone).remote(id(1), edited)
                .remote(id(4), deleted));
        List<NodeId> all = List.of(id(1), id(2), id(3), id(4), id(5));
        assertThat(store.local(all)).isEqualTo(Map.of(id(1), read, id(2), unread, id(3), gone));
        assertThat(store.remote(all)).isEqualTo(Map.of(id(1), edited, id(4), deleted));
        assertThat(store.synced(all)).isEmpty();
        assertThat(store.differences()).isEqualTo(new Differences(3, 2, 1, 1));
    }

    @Test
    void keepsExtendedAttributesAndWhetherAnybodyLooked() throws TreeStoreException {
        ExtendedAttributes some = ExtendedAttributes.of(Map.of("größe", new byte[]{0, -1}, "empty", new byte[0]));
        ExtendedAttributes largest = ExtendedAttributes.of(Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4]));
        TreeUpdate update = new TreeUpdate();
        Map<NodeId, SyncedNode> synced = new HashMap<>();
        Map<NodeId, LocalNode> local = new HashMap<>();
        Map<NodeId, Node> remote = new HashMap<>();
        int number = 0;
        for (ExtendedAttributes extended : List.of(ExtendedAttributes.NONE, some, largest)) {
            for (ExtendedAttributes held : Arrays.asList(null, ExtendedAttributes.NONE, some, largest)) {
                NodeId id = id(++number);
                Node node = Node.folder(id, FOLDER, "n" + number, PLAIN.withExtended(extended)).withSequence(number);
                synced.put(id, new SyncedNode(node, node.name(), DiskStamp.UNKNOWN, held));
                local.put(id, LocalNode.of(node, DiskStamp.UNKNOWN).withExtended(extended, held));
                remote.put(id, node);
                update.synced(id, synced.get(id)).local(id, local.get(id)).remote(id, node);
            }
        }
        store.write(update);
        assertThat(store.synced(synced.keySet())).isEqualTo(synced);
        assertThat(store.local(synced.keySet())).isEqualTo(local);
        assertThat(store.remote(synced.keySet())).isEqualTo(remote);
        assertThat(store.children(FOLDER)).containsExactlyInAnyOrderElementsOf(local.values());
    }

    @Test
    void replacesAndRemovesRows() throws TreeStoreException {
        LocalNode edited = local(1, FOLDER, "a").withRecipe(null);
        store.write(new TreeUpdate().synced(id(1), agreed(1, FOLDER, "a")).local(id(1), edited)
                .remote(id(1), file(1, FOLDER, "a").withDeleted(true)));
        store.write(new TreeUpdate().synced(id(1), agreed(1, NodeId.ROOT, "b")).local(id(1), edited.withDeleted(true))
                .remote(id(1), file(1, FOLDER, "z")));
        assertThat(store.synced(List.of(id(1)))).isEqualTo(Map.of(id(1), agreed(1, NodeId.ROOT, "b")));
        assertThat(store.differences()).isEqualTo(new Differences(1, 1, 1, 0));
        store.write(new TreeUpdate().local(id(1), null).remote(id(1), null).synced(id(2), null).local(id(2), null));
        assertThat(store.children(NodeId.ROOT)).containsExactly(local(1, NodeId.ROOT, "b"));
        assertThat(store.children(FOLDER)).isEmpty();
        assertThat(store.differences()).isEqualTo(new Differences(0, 0, 0, 0));
        store.write(new TreeUpdate().synced(id(1), null));
        assertThat(store.syncedCount()).isZero();
    }

    @Test
    void showsEachSideWithItsDifferences() throws TreeStoreException {
        SyncedNode same = agreed(1, FOLDER, "same");
        SyncedNode moved = agreed(2, FOLDER, "moved");
        SyncedNode gone = agreed(3, FOLDER, "gone");
        LocalNode movedHere = LocalNode.of(moved).withPlace(NodeId.ROOT, "there", "there");
        LocalNode fresh = local(4, FOLDER, "new").withRecipe(null);
        Node goneThere = moved.node().withSequence(9).withDeleted(true);
        Node renamedThere = gone.node().withPlace(FOLDER, "renamed").withSequence(10);
        store.write(new TreeUpdate().synced(id(1), same).synced(id(2), moved).synced(id(3), gone)
                .local(id(2), movedHere)
                .local(id(3), LocalNode.of(gone).withDeleted(true)).local(id(4), fresh).remote(id(2), goneThere)
                .remote(id(3), renamedThere));

        assertThat(store.children(FOLDER)).containsExactlyInAnyOrder(LocalNode.of(same), fresh);
        assertThat(store.children(NodeId.ROOT)).containsExactly(movedHere);
        assertThat(store.childNamed(FOLDER, "same")).contains(LocalNode.of(same));
        assertThat(store.childNamed(FOLDER, "new")).contains(fresh);
        assertThat(store.childNamed(FOLDER, "moved")).isEmpty();
        assertThat(store.childNamed(NodeId.ROOT, "there")).contains(movedHere);
        assertThat(store.childNamed(FOLDER, "gone")).isEmpty();

        assertThat(store.remoteChildren(FOLDER)).containsExactlyInAnyOrder(same.node(), renamedThere);
        assertThat(store.remoteChildNamed(FOLDER, "renamed")).contains(renamedThere);
        assertThat(store.remoteChildNamed(FOLDER, "gone")).isEmpty();
        assertThat(store.remoteChildNamed(FOLDER, "moved")).isEmpty();
        assertThat(store.remoteChildNamed(FOLDER, "same")).contains(same.node());
    }

    @Test
    void takesNamesExactly() throws TreeStoreException {
        // The last two have the same hash.
        List<String> names = List.of("name", "Name", "NAME", "name ", " name", "name  ", "n%me", "'", "", "\u00e9",
                "Aa", "BB");
        TreeUpdate update = new TreeUpdate();
        for (int i = 0; i < names.size(); i++) {
            update.synced(id(2 * i + 1), agreed(2 * i + 1, FOLDER, names.get(i)));
            update.local(id(2 * i + 2), local(2 * i + 2, NodeId.ROOT, names.get(i)));
            update.remote(id(2 * i + 2), file(2 * i + 2, NodeId.ROOT, names.get(i)));
        }
        store.write(update);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(store.childNamed(FOLDER, name)).map(LocalNode::id).contains(id(2 * i + 1));
            assertThat(store.remoteChildNamed(FOLDER, name)).map(Node::id).contains(id(2 * i + 1));
            assertThat(store.childNamed(NodeId.ROOT, name)).map(LocalNode::id).contains(id(2 * i + 2));
            assertThat(store.remoteChildNamed(NodeId.ROOT, name)).map(Node::id).contains(id(2 * i + 2));
        }
        assertThat(store.childNamed(FOLDER, "e\u0301")).isEmpty();
        assertThat(store.childNamed(FOLDER, "nAME")).isEmpty();
    }

    @Test
    void findsNodesByInodeAsLastSeen() throws TreeStoreException {
        SyncedNode same = agreed(file(1, FOLDER, "a"), "k1");
        SyncedNode changed = agreed(file(2, FOLDER, "b"), "k2");
        LocalNode now = LocalNode.of(changed).withStamp(new DiskStamp(1, 2, 3, 0644, "k3"));
        LocalNode gone = LocalNode.of(agreed(file(3, FOLDER, "c"), "k4")).withDeleted(true);
        SyncedNode twin = agreed(file(4, FOLDER, "d"), "k3");
        store.write(new TreeUpdate().synced(id(1), same).synced(id(2), changed).synced(id(4), twin).local(id(2), now)
                .local(id(3), gone));
        assertThat(store.byKey(List.of("k1"))).containsExactly(LocalNode.of(same));
        assertThat(store.byKey(List.of("k2"))).isEmpty();
        assertThat(store.byKey(List.of("k3"))).containsExactly(now, LocalNode.of(twin));
        assertThat(store.byKey(List.of("k4", "k1", "k1", "none"))).containsExactlyInAnyOrder(gone, LocalNode.of(same));
        assertThat(store.byKey(List.of())).isEmpty();
    }

    @Test
    void listsDirtyNodesInPages() throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        for (int i = 1; i <= 40; i++) {
            // The upper half has ids whose first bit is set.
            int number = i <= 20 ? i : Integer.MIN_VALUE + i;
            update.synced(id(number), agreed(number, FOLDER, "n" + i));
            if (i % 2 == 0) {
                update.local(id(number), local(number, FOLDER, "l" + i));
            }
            if (i % 3 == 0) {
                update.remote(id(number), file(number, FOLDER, "r" + i).withDeleted(true));
            }
        }
        store.write(update);
        List<NodeId> expected = Stream.concat(update.local().keySet().stream(), update.remote().keySet().stream())
                .distinct().sorted()
                .toList();
        assertThat(store.dirty(null, 100)).isEqualTo(expected);
        assertThat(store.dirty(null, 0)).isEmpty();
        List<NodeId> paged = new ArrayList<>();
        for (List<NodeId> page = store.dirty(null, 3); !page.isEmpty(); page = store.dirty(page.getLast(), 3)) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
        }
        assertThat(paged).isEqualTo(expected);
    }

    @Test
    void keepsCursorAndFacts() throws TreeStoreException {
        store.write(new TreeUpdate().cursor(7).fact("a", "1").fact("b", "").fact("A", "x ".repeat(2000)));
        store.write(new TreeUpdate().fact("a", "2").fact("none", null));
        assertThat(store.cursor()).isEqualTo(7);
        assertThat(store.fact("a")).contains("2");
        assertThat(store.fact("b")).contains("");
        assertThat(store.fact("A")).contains("x ".repeat(2000));
        store.write(new TreeUpdate().cursor(Long.MAX_VALUE).fact("a", null));
        store.write(new TreeUpdate());
        assertThat(store.fact("a")).isEmpty();
        assertThat(store.cursor()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void findsFactsByTheBeginningsOfTheirNames() throws TreeStoreException {
        store.write(new TreeUpdate().fact("copy b", "").fact("copy a", "1").fact("copy", "").fact("copz", "").fact(
                "Copy c", "").fact("copy d", ""));
        store.write(new TreeUpdate().fact("copy d", null));
        assertThat(store.factNames("copy ")).containsExactly("copy a", "copy b");
        assertThat(store.factNames("none")).isEmpty();
    }

    @Test
    void looksUpManyKeysAtOnce() throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        IntStream.rangeClosed(1, 600).forEach(i -> update.synced(id(i), agreed(i, FOLDER, "n" + i))
                .local(id(i), local(i, FOLDER, "l" + i)).remote(id(i), file(i, FOLDER, "r" + i)));
        store.write(update);
        for (int count : new int[]{0, 1, 2, 16, 17, 256, 257, 600}) {
            List<NodeId> ids = new ArrayList<>(IntStream.rangeClosed(1, count).mapToObj(TreeStoreContract::id)
                    .toList());
            List<NodeId> asked = new ArrayList<>(ids);
            asked.addAll(ids);
            asked.add(id(5000));
            assertThat(store.synced(asked).keySet()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(store.local(asked).keySet()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(store.remote(asked).keySet()).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(store.byKey(ids.stream().map(id -> update.synced().get(id).get().stamp().key()).toList()))
                    .extracting(LocalNode::id).containsExactlyInAnyOrderElementsOf(ids);
        }
        assertThat(store.children(FOLDER)).hasSize(600);
        assertThat(store.remoteChildren(FOLDER)).hasSize(600);
    }
}
