package org.tidebox.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/**
 * The answer to a commit as bytes: the head and the number of outcomes; then a letter for each: {@code A} a run of
 * changes that were accepted (first sequence, how many), {@code R} one that was not (reason), {@code N} the same with
 * the node that stands in the way, {@code X} the same if that node has extended attributes.
 */
final class AnswerCodec {
    private AnswerCodec() {
    }

    static byte[] encode(CommitResult answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(answer.head());
            out.writeInt(answer.outcomes().size());
            for (int i = 0; i < answer.outcomes().size();) {
                int run = run(answer.outcomes(), i);
                if (run > 0) {
                    out.writeByte('A');
                    out.writeLong(answer.outcomes().get(i).sequence());
                    out.writeInt(run);
                } else {
                    writeRejected(out, answer.outcomes().get(i));
                }
                i += Math.max(1, run);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static CommitResult decode(byte[] bytes) throws StorageException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long head = in.readLong();
            int count = in.readInt();
            List<Outcome> outcomes = new ArrayList<>();
            while (outcomes.size() < count) {
                readOutcomes(in, outcomes);
            }
            return new CommitResult(head, outcomes);
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageException("The stored answer to a commit is damaged; put back a backup of the metadata",
                    true, e);
        }
    }

    /** Returns how many outcomes from the given one on are accepted with sequences that follow each other. */
    private static int run(List<Outcome> outcomes, int from) {
        int to = from;
        while (to < outcomes.size() && outcomes.get(to).isAccepted()
                && outcomes.get(to).sequence() == outcomes.get(from).sequence() + to - from) {
            to++;
        }
        return to - from;
    }

    private static void writeRejected(DataOutputStream out, Outcome outcome) throws IOException {
        Node current = outcome.conflict().current();
        out.writeByte(current == null ? 'R' : current.attributes().extended().isEmpty() ? 'N' : 'X');
        writeText(out, outcome.conflict().reason().name());
        if (current != null) {
            writeNode(out, current);
            if (!current.attributes().extended().isEmpty()) {
                writeBytes(out, current.attributes().extended().encode());
            }
        }
    }

    private static void readOutcomes(DataInputStream in, List<Outcome> outcomes) throws IOException {
        int letter = in.readByte();
        if (letter == 'A') {
            long first = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                outcomes.add(Outcome.accepted(first + i));
            }
        } else {
            Reason reason = Reason.valueOf(readText(in));
            Node current = letter == 'R' ? null : readNode(in);
            outcomes.add(Outcome.rejected(reason, letter == 'X' ? withExtended(current, readBytes(in)) : current));
        }
    }

    private static Node withExtended(Node node, byte[] extended) {
        return node.withAttributes(node.attributes().withExtended(ExtendedAttributes.decode(extended)));
    }

    private static void writeNode(DataOutputStream out, Node node) throws IOException {
        out.write(node.id().toBytes());
        out.writeLong(node.sequence());
        out.write(node.parent().toBytes());
        writeText(out, node.name());
        writeText(out, node.kind().name());
        out.writeInt(node.attributes().mode());
        out.writeLong(node.attributes().mtime());
        out.writeBoolean(node.deleted());
        switch (node.kind()) {
            case FILE -> writeBytes(out, node.recipe().encode());
            case LINK -> writeText(out, node.target());
            default -> {
            }
        }
    }

    private static Node readNode(DataInputStream in) throws IOException {
        NodeId id = new NodeId(in.readNBytes(NodeId.LENGTH));
        long sequence = in.readLong();
        NodeId parent = new NodeId(in.readNBytes(NodeId.LENGTH));
        String name = readText(in);
        NodeKind kind = NodeKind.valueOf(readText(in));
        Attributes attributes = new Attributes(in.readInt(), in.readLong());
        boolean deleted = in.readBoolean();
        Recipe recipe = kind == NodeKind.FILE ? Recipe.decode(readBytes(in)) : null;
        String target = kind == NodeKind.LINK ? readText(in) : null;
        return new Node(id, sequence, parent, name, kind, attributes, recipe, target, deleted);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
