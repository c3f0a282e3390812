package org.tidebox.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/**
 * The answer to a commit as bytes: the head and the number of outcomes; then a letter for each: {@code A} a run of
 * changes that were accepted (first sequence, how many), {@code S} a run of equal ones that were not (reason, sequence of
 * the node that stands in the way or 0, how many). Earlier versions of Tidebox kept that node itself: {@code R} one that
 * was not accepted (reason), {@code N} the same with the node, {@code X} the same if it has extended attributes.
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
                    run = rejected(answer.outcomes(), i);
                    Conflict conflict = answer.outcomes().get(i).conflict();
                    out.writeByte('S');
                    writeText(out, conflict.reason().name());
                    out.writeLong(sequence(conflict));
                    out.writeInt(run);
                }
                i += run;
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Finds versions by their sequences, as far as they are there. */
    @FunctionalInterface
    interface Versions {
        Map<Long, Node> find(Collection<Long> sequences) throws StorageException;
    }

    static CommitResult decode(byte[] bytes, Versions versions) throws StorageException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long head = in.readLong();
            int count = in.readInt();
            List<Outcome> outcomes = new ArrayList<>();
            Map<Integer, Long> shown = new LinkedHashMap<>();
            while (outcomes.size() < count) {
                readOutcomes(in, outcomes, shown);
            }
            Map<Long, Node> found = shown.isEmpty()
                    ? Map.of()
                    : versions.find(new LinkedHashSet<>(shown.values()));
            shown.forEach((at, sequence) -> outcomes.set(at,
                    Outcome.rejected(outcomes.get(at).conflict().reason(), found.get(sequence))));
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

    /** Returns how many outcomes from the given one on are rejected for the same reason by the same node. */
    private static int rejected(List<Outcome> outcomes, int from) {
        Conflict first = outcomes.get(from).conflict();
        int to = from + 1;
        while (to < outcomes.size() && !outcomes.get(to).isAccepted()
                && outcomes.get(to).conflict().reason() == first.reason()
                && sequence(outcomes.get(to).conflict()) == sequence(first)) {
            to++;
        }
        return to - from;
    }

    private static long sequence(Conflict conflict) {
        return conflict.current() == null ? 0 : conflict.current().sequence();
    }

    private static void readOutcomes(DataInputStream in, List<Outcome> outcomes, Map<Integer, Long> shown)
            throws IOException {
        int letter = in.readByte();
        if (letter == 'A') {
            long first = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                outcomes.add(Outcome.accepted(first + i));
            }
        } else if (letter == 'S') {
            Reason reason = Reason.valueOf(readText(in));
            long sequence = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                if (sequence != 0) {
                    shown.put(outcomes.size(), sequence);
                }
                outcomes.add(Outcome.rejected(reason, null));
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
