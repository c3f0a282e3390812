package org.tidebox.sync.internal.pull;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.tree.Change;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * Which contents are on their way to the server, noted in the database before they set out: after a crash the device
 * recognises its own edit in the journal, and an edit made since then is no conflict with it.
 */
public final class SentContents {
    /** The fact that holds them. */
    public static final String FACT = "sent";
    /** Of a content's id; enough to tell the contents of one node apart, and 1,000 of them fit into a fact. */
    private static final int DIGEST = 6;
    private static final int ENTRY = NodeId.LENGTH + DIGEST;

    private final Map<NodeId, ByteBuffer> contents = new HashMap<>();

    private SentContents() {
    }

    /** Reads what {@link #encode} wrote. */
    static SentContents decode(String text) {
        SentContents sent = new SentContents();
        ByteBuffer in = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        while (in.remaining() >= ENTRY) {
            byte[] id = new byte[NodeId.LENGTH];
            byte[] digest = new byte[DIGEST];
            in.get(id).get(digest);
            sent.contents.put(new NodeId(id), ByteBuffer.wrap(digest));
        }
        return sent;
    }

    /** Writes down the contents among some changes; empty if there are none. */
    public static String encode(Collection<Change> changes) {
        List<Node> files = changes.stream().map(Change::node).filter(SentContents::hasContent).toList();
        ByteBuffer out = ByteBuffer.allocate(files.size() * ENTRY);
        files.forEach(node -> out.put(node.id().toBytes()).put(digest(node)));
        return Base64.getEncoder().encodeToString(out.array());
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    /** Returns whether a node has the content that was sent for it. */
    boolean has(Node node) {
        return hasContent(node) && contents.containsKey(node.id()) && contents.get(node.id()).equals(digest(node));
    }

    private static boolean hasContent(Node node) {
        return node.recipe() != null && !node.deleted();
    }

    private static ByteBuffer digest(Node node) {
        return ByteBuffer.wrap(node.recipe().id().toBytes(), 0, DIGEST);
    }
}
