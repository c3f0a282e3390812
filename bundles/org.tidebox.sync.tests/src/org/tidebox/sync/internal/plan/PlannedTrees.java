package org.tidebox.sync.internal.plan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.internal.plan.ModelTree.Entry;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Three trees on which plans are carried out, by a disk and a server that do what they are told, and refuse what a real
 * one could not do: a refusal is a fault of the plan.
 */
final class PlannedTrees {
    private final Map<NodeId, Triple> nodes = new TreeMap<>();
    /** What the files on the disk really hold, also those that were not read yet. */
    private final Map<NodeId, Recipe> contents = new HashMap<>();
    private long sequence = 1;
    private int made;

    PlannedTrees(PlannerCase start) {
        Map<NodeId, Entry> agreed = start.tree(PlannerCase.Whose.AGREED).entries();
        Map<NodeId, Entry> local = start.tree(PlannerCase.Whose.LOCAL).entries();
        Map<NodeId, Entry> remote = start.tree(PlannerCase.Whose.REMOTE).entries();
        Set<NodeId> ids = new HashSet<>(agreed.keySet());
        ids.addAll(local.keySet());
        ids.addAll(remote.keySet());
        ids.forEach(id -> nodes.put(id, triple(id, agreed.get(id), local.get(id), remote.get(id))));
        nodes.values().removeIf(triple -> triple.equals(Triple.unknown(triple.id())));
    }

    private Triple triple(NodeId id, Entry agreed, Entry local, Entry remote) {
        Triple triple = agreed == null
                ? Triple.unknown(id)
                : new Triple(id, new SyncedNode(node(id, agreed, 1), agreed.name(), stamp(agreed)), null, null);
        Node base = triple.base();
        if (remote != null) {
            triple = triple.withRemote(node(id, remote, remote.equals(agreed) ? 1 : ++sequence));
        } else if (base != null) {
            triple = triple.withRemote(base.withDeleted(true).withSequence(++sequence));
        }
        if (local != null) {
            Node node = node(id, local, 0);
            contents.put(id, node.recipe());
            boolean isRead = local.equals(agreed) || local.content() % 2 == 0;
            // Of every third entry nobody knows what the disk had before.
            ExtendedAttributes held = local.content() % 3 == 0 ? null : node.attributes().extended();
            LocalNode here = LocalNode.of(node, stamp(local)).withExtended(node.attributes().extended(), held);
            triple = triple.withLocal(isRead ? here : here.withRecipe(null));
        } else if (base != null) {
            triple = triple.withLocal(LocalNode.of(base, triple.synced().stamp()).withDeleted(true));
        }
        return triple;
    }

    private static Node node(NodeId id, Entry entry, long sequence) {
        boolean file = entry.kind() == NodeKind.FILE;
        return new Node(id, sequence, entry.parent(), entry.name(), entry.kind(),
                new Attributes(entry.mode(), 5, extended(entry)),
                file ? recipe(entry.content()) : null,
                entry.kind() == NodeKind.LINK ? "to " + entry.content() : null, false);
    }

    private static ExtendedAttributes extended(Entry entry) {
        Map<String, byte[]> values = new HashMap<>();
        for (int i = 0; i < 2 && entry.kind() != NodeKind.LINK; i++) {
            int value = entry.tags() >> 2 * i & 3;
            if (value > 0) {
                values.put("tag" + i, new byte[]{(byte) value});
            }
        }
        return ExtendedAttributes.of(values);
    }

    private static Recipe recipe(int content) {
        byte[] chunk = ByteBuffer.allocate(ChunkId.LENGTH).putInt(content).array();
        return new Recipe("test", 0, List.of(new RecipeEntry(new ChunkId(chunk), size(content))));
    }

    /** Few sizes, so that a file's size seldom tells whether its content changed. */
    private static long size(int content) {
        return 1 + content % 3;
    }

    private static DiskStamp stamp(Entry entry) {
        return new DiskStamp(entry.kind() == NodeKind.FILE ? size(entry.content()) : 0, 1, 1, entry.mode(), "key");
    }

    /** Plans and carries out, in random orders and batches, until nothing is left to do. */
    void settle(Random random, boolean inBatches) throws Exception {
        int most = 4 * Math.max(1, nodes.size());
        for (int round = 0; !dirty().isEmpty(); round++) {
            require(round < most, () -> "more than " + most + " rounds for " + nodes.size() + " nodes");
            List<NodeId> order = new ArrayList<>(dirty());
            Collections.shuffle(order, random);
            boolean progressed = false;
            while (!order.isEmpty()) {
                int size = inBatches ? 1 + random.nextInt(order.size()) : order.size();
                List<NodeId> batch = order.subList(0, size);
                Plan plan = Planner.plan(new View(), batch);
                batch.clear();
                progressed |= !plan.isEmpty();
                carryOut(plan);
            }
            require(progressed, () -> "nothing is planned for " + dirty());
        }
        require(Planner.plan(new View(), nodes.keySet()).isEmpty(), () -> "something is planned for settled trees");
    }

    private List<NodeId> dirty() {
        return nodes.values().stream().filter(Triple::isDirty).map(Triple::id).toList();
    }

    private void carryOut(Plan plan) {
        plan.local().stream().filter(step -> !(step instanceof Operation.Download)).forEach(this::local);
        plan.local().stream().filter(step -> step instanceof Operation.Download).forEach(this::local);
        Map<NodeId, Long> before = new HashMap<>();
        nodes.values().forEach(triple -> {
            if (triple.remote() != null) {
                before.put(triple.id(), triple.remote().sequence());
            }
        });
        plan.uploads().forEach(upload -> upload(upload, before.getOrDefault(upload.id(), 0L)));
    }

    private void local(Operation operation) {
        switch (operation) {
            case Operation.Make make -> write(make.node());
            case Operation.Download download -> {
                // Downloads come last, and are left out if a step before has set the file aside.
                if (!triple(download.id()).isHere() || here(download.id()).samePlace(download.node())) {
                    write(download.node());
                }
            }
            case Operation.Move move -> {
                LocalNode node = here(move.id());
                assertFree(Side.LOCAL, move.id(), move.to());
                put(node.withPlace(move.to().parent(), move.to().name(), move.to().name()));
            }
            case Operation.SetAttributes set -> put(here(set.id()).withAttributes(set.attributes())
                    .withExtended(set.attributes().extended(), set.attributes().extended()));
            case Operation.Remove remove -> {
                require(new View().children(Side.LOCAL, remove.id()).isEmpty(),
                        () -> "something is left in the removed folder " + remove.id());
                put(here(remove.id()).withDeleted(true));
            }
            case Operation.SetAside aside -> setAside(aside);
            case Operation.Adopt adopt -> adopt(adopt);
            case Operation.Read read -> put(here(read.id()).withRecipe(contents.get(read.id())));
            case Operation.Upload upload -> throw new AssertionError(upload);
        }
    }

    private void write(Node node) {
        Triple triple = triple(node.id());
        if (triple.isHere()) {
            require(triple.local().samePlace(node), () -> node + " is not where it is to be written");
        }
        assertFree(Side.LOCAL, node.id(), new Place(node.parent(), node.name()));
        contents.put(node.id(), node.recipe());
        put(LocalNode.of(node, new DiskStamp(node.recipe() == null ? 0 : node.recipe().size(), 2, 2, 0, "key")));
    }

    private void setAside(Operation.SetAside aside) {
        LocalNode node = here(aside.id());
        String name = node.name();
        do {
            name += "!";
        } while (new View().at(Side.LOCAL, new Place(node.parent(), name)).isPresent());
        LocalNode renamed = node.withPlace(node.parent(), name, name);
        if (aside.asNew()) {
            put(node.withDeleted(true));
            NodeId id = new NodeId(ByteBuffer.allocate(NodeId.LENGTH).putInt(++made).putLong(2).putInt(3).array());
            contents.put(id, contents.get(node.id()));
            renamed = renamed.withId(id);
        }
        put(renamed);
    }

    private void adopt(Operation.Adopt adopt) {
        LocalNode node = here(adopt.id());
        for (NodeId child : new View().children(Side.LOCAL, adopt.id())) {
            LocalNode moved = triple(child).local();
            put(moved.withPlace(adopt.as(), moved.name(), moved.diskName()));
        }
        put(node.withDeleted(true));
        contents.put(adopt.as(), contents.get(adopt.id()));
        put(node.withId(adopt.as()));
    }

    private void upload(Operation.Upload upload, long before) {
        Node node = upload.node();
        if (upload.fromDisk()) {
            Recipe recipe = contents.get(upload.id());
            put(here(upload.id()).withRecipe(recipe));
            node = new Node(node.id(), 0, node.parent(), node.name(), node.kind(), node.attributes(), recipe, null,
                    false);
            if (!triple(upload.id()).isDirty()) {
                return;
            }
        }
        require(upload.base() == before, () -> "stale base of " + upload);
        if (node.deleted()) {
            require(new View().children(Side.REMOTE, node.id()).isEmpty(),
                    () -> "something is left in the deleted folder " + upload.id());
        } else {
            assertFree(Side.REMOTE, node.id(), new Place(node.parent(), node.name()));
        }
        nodes.put(node.id(), triple(node.id()).accepted(node.withSequence(++sequence)));
    }

    private void assertFree(Side side, NodeId id, Place place) {
        View view = new View();
        require(view.at(side, place).filter(other -> !other.equals(id)).isEmpty(), () -> place + " is not free");
        for (NodeId at = place.parent(); !at.equals(NodeId.ROOT);) {
            Place above = view.place(side, triple(at));
            require(above != null, () -> "no folder for " + place + " on the side " + side);
            require(!at.equals(id), () -> "a folder in itself at " + place);
            at = above.parent();
        }
    }

    private Triple triple(NodeId id) {
        return nodes.getOrDefault(id, Triple.unknown(id));
    }

    private LocalNode here(NodeId id) {
        require(triple(id).isHere(), () -> id + " is not on the disk");
        return triple(id).local();
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    private void put(LocalNode local) {
        nodes.put(local.id(), triple(local.id()).withLocal(local));
    }

    /** Returns the tree that both sides agree on: path to what is there. */
    Map<String, String> agreed() {
        Map<String, String> tree = new TreeMap<>();
        for (Triple triple : nodes.values()) {
            Node node = triple.base();
            if (node != null) {
                String content = node.recipe() == null ? "" : "" + node.recipe().entries().getFirst().id();
                String old = tree.put(path(node), node.kind() + " " + content + " " + node.target() + " "
                        + (node.kind() == NodeKind.LINK
                                ? ""
                                : node.attributes().mode() + " "
                                        + HexFormat.of().formatHex(node.attributes().extended().encode())));
                require(old == null, () -> "two nodes at " + path(node));
            }
        }
        return tree;
    }

    private String path(Node node) {
        StringBuilder path = new StringBuilder(node.name());
        Set<NodeId> seen = new HashSet<>();
        for (NodeId at = node.parent(); !at.equals(NodeId.ROOT);) {
            require(seen.add(at), () -> "a ring at " + node);
            Node folder = triple(at).base();
            require(folder != null, () -> "no folder for " + node);
            path.insert(0, folder.name() + "/");
            at = folder.parent();
        }
        return path.toString();
    }

    /** Returns the contents of all files and links that one side changed, or both have. */
    Set<Object> precious() {
        Set<Object> precious = new HashSet<>();
        for (Triple triple : nodes.values()) {
            Object base = triple.base() == null ? null : value(triple.base().recipe(), triple.base().target());
            Object here = triple.isHere() ? value(contents.get(triple.id()), triple.local().target()) : null;
            Object there = triple.isThere() ? value(triple.remote().recipe(), triple.remote().target()) : null;
            if (here != null && (!here.equals(base) || here.equals(there))) {
                precious.add(here);
            }
            if (there != null && !there.equals(base)) {
                precious.add(there);
            }
        }
        return precious;
    }

    private static Object value(Recipe recipe, String target) {
        return recipe != null ? recipe : target;
    }

    private final class View implements TreeView {
        private final Map<Side, Map<Place, NodeId>> places = new HashMap<>();
        private final Map<Side, Map<NodeId, List<NodeId>>> children = new HashMap<>();

        @Override
        public void load(Collection<NodeId> ids) {
            require(nodes.keySet().containsAll(ids), () -> "unknown nodes among " + ids);
        }

        @Override
        public Triple triple(NodeId id) {
            return PlannedTrees.this.triple(id);
        }

        @Override
        public Optional<NodeId> at(Side side, Place place) {
            index(side);
            return Optional.ofNullable(places.get(side).get(place));
        }

        @Override
        public List<NodeId> children(Side side, NodeId folder) {
            index(side);
            return children.get(side).getOrDefault(folder, List.of());
        }

        @Override
        public boolean isResting(NodeId id) {
            return false;
        }

        private void index(Side side) {
            if (!places.containsKey(side)) {
                Map<Place, NodeId> found = new HashMap<>();
                Map<NodeId, List<NodeId>> below = new HashMap<>();
                for (Triple triple : nodes.values()) {
                    Place place = place(side, triple);
                    if (place != null) {
                        found.put(place, triple.id());
                        below.computeIfAbsent(place.parent(), id -> new ArrayList<>()).add(triple.id());
                    }
                }
                places.put(side, found);
                children.put(side, below);
            }
        }

        private Place place(Side side, Triple triple) {
            if (side == Side.LOCAL) {
                return triple.isHere() ? new Place(triple.local().parent(), triple.local().name()) : null;
            }
            return triple.isThere() ? new Place(triple.remote().parent(), triple.remote().name()) : null;
        }
    }
}
