package org.tidebox.sync.internal.plan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** A tree as plain as can be, on which people work at random. It is a tree at all times. */
final class ModelTree {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int CONTENTS = 40;
    private static final int TAGS = 16;

    private final Map<NodeId, Entry> entries = new TreeMap<>();

    /**
     * A file, folder or link.
     *
     * @param content of a file, or target of a link
     * @param mode of a file or folder
     * @param tags of a file or folder: two extended attributes, with two bits for the value of each
     */
    record Entry(NodeId parent, String name, NodeKind kind, int content, int mode, int tags) {
    }

    ModelTree copy() {
        ModelTree copy = new ModelTree();
        copy.entries.putAll(entries);
        return copy;
    }

    Map<NodeId, Entry> entries() {
        return entries;
    }

    /** Does one thing, or nothing if that is not possible. */
    void edit(long salt) {
        Random random = new Random(salt);
        List<NodeId> ids = List.copyOf(entries.keySet());
        NodeId some = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
        NodeId folder = folder(random);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int dice = random.nextInt(10);
        if (some == null || dice < 3) {
            create(id(random), new Entry(folder, name, kind(random), random.nextInt(CONTENTS), 0644, 0));
        } else if (dice < 6) {
            move(some, folder, name);
        } else if (dice < 7) {
            swap(some, ids.get(random.nextInt(ids.size())));
        } else if (dice < 8) {
            change(some, random.nextInt(CONTENTS), random.nextInt(4) == 0 ? 0600 : entries.get(some).mode,
                    random.nextInt(2) == 0 ? random.nextInt(TAGS) : entries.get(some).tags);
        } else {
            delete(some);
        }
    }

    private static NodeId id(Random random) {
        return new NodeId(ByteBuffer.allocate(NodeId.LENGTH).putLong(random.nextLong()).putLong(1).array());
    }

    private static NodeKind kind(Random random) {
        int dice = random.nextInt(10);
        return dice < 4 ? NodeKind.FOLDER : dice < 9 ? NodeKind.FILE : NodeKind.LINK;
    }

    private NodeId folder(Random random) {
        List<NodeId> folders = new ArrayList<>(List.of(NodeId.ROOT));
        entries.forEach((id, entry) -> {
            if (entry.kind == NodeKind.FOLDER) {
                folders.add(id);
            }
        });
        return folders.get(random.nextInt(folders.size()));
    }

    private void create(NodeId id, Entry entry) {
        if (isFree(entry.parent, entry.name)) {
            entries.put(id, entry);
        }
    }

    private boolean isFree(NodeId parent, String name) {
        return entries.values().stream().noneMatch(entry -> entry.parent.equals(parent) && entry.name.equals(name));
    }

    private void move(NodeId id, NodeId folder, String name) {
        if (isFree(folder, name) && !isInside(folder, id)) {
            put(id, folder, name);
        }
    }

    private void swap(NodeId one, NodeId other) {
        Entry first = entries.get(one);
        Entry second = entries.get(other);
        if (!isInside(first.parent, other) && !isInside(second.parent, one)) {
            put(one, second.parent, second.name);
            put(other, first.parent, first.name);
        }
    }

    private void put(NodeId id, NodeId folder, String name) {
        Entry old = entries.get(id);
        entries.put(id, new Entry(folder, name, old.kind, old.content, old.mode, old.tags));
    }

    private void change(NodeId id, int content, int mode, int tags) {
        Entry old = entries.get(id);
        entries.put(id, new Entry(old.parent, old.name, old.kind, content, mode, tags));
    }

    private void delete(NodeId id) {
        Set<NodeId> gone = new HashSet<>(Set.of(id));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Map.Entry<NodeId, Entry> entry : entries.entrySet()) {
                grew |= gone.contains(entry.getValue().parent) && gone.add(entry.getKey());
            }
        }
        entries.keySet().removeAll(gone);
    }

    private boolean isInside(NodeId id, NodeId folder) {
        for (NodeId at = id; !at.equals(NodeId.ROOT); at = entries.get(at).parent) {
            if (at.equals(folder)) {
                return true;
            }
        }
        return false;
    }
}
