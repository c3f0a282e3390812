package org.tidebox.storage.tests.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Journal;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Makes nodes for tests, and appends them as a server does that checks nothing. */
public final class Nodes {
    private final Random random;

    public Nodes(Random random) {
        this.random = random;
    }

    public Node file(NodeId parent, String name) {
        return Node.file(NodeId.random(random), parent, name, richAttributes(), recipe(1 + random.nextInt(3)));
    }

    public Node folder(NodeId parent, String name) {
        return Node.folder(NodeId.random(random), parent, name, richAttributes());
    }

    public Node link(NodeId parent, String name) {
        return Node.link(NodeId.random(random), parent, name, attributes(), "../tärget " + random.nextInt());
    }

    public Recipe recipe(int entries) {
        List<RecipeEntry> list = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            byte[] id = new byte[ChunkId.LENGTH];
            random.nextBytes(id);
            list.add(new RecipeEntry(new ChunkId(id), 1 + random.nextInt(1 << 20)));
        }
        return new Recipe("fastcdc", random.nextInt(3), list);
    }

    public Attributes attributes() {
        return new Attributes(random.nextInt(-1, 01000), random.nextLong());
    }

    /** Returns attributes of which every other one has extended ones, empty and binary values among them. */
    public Attributes richAttributes() {
        if (random.nextBoolean()) {
            return attributes();
        }
        Map<String, byte[]> values = new HashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte[] value = new byte[random.nextInt(5) * random.nextInt(500)];
            random.nextBytes(value);
            values.put("größe " + random.nextInt(9), value);
        }
        return attributes().withExtended(ExtendedAttributes.of(values));
    }

    public CommitId commit() {
        return CommitId.random(random);
    }

    /** Gives the nodes the next sequences and appends them; returns them as appended. */
    public List<Node> append(Journal journal, LibraryId library, List<Node> nodes) throws StorageException {
        return append(journal, library, nodes, JournalContract.NOW);
    }

    /** Appends at a time. */
    public List<Node> append(Journal journal, LibraryId library, List<Node> nodes, Instant time)
            throws StorageException {
        CommitId commit = commit();
        return journal.transact(library, transaction -> {
            List<Node> versions = following(transaction.head(), nodes);
            transaction.append(commit, answer(transaction.head() + nodes.size(), versions), versions, 7,
                    time);
            return versions;
        });
    }

    /** Gives the nodes the sequences behind a head. */
    public static List<Node> following(long head, List<Node> nodes) {
        List<Node> versions = new ArrayList<>();
        for (Node node : nodes) {
            versions.add(node.withSequence(head + versions.size() + 1));
        }
        return versions;
    }

    public static CommitResult answer(long head, List<Node> versions) {
        return new CommitResult(head, versions.stream().map(node -> Outcome.accepted(node.sequence())).toList());
    }
}
