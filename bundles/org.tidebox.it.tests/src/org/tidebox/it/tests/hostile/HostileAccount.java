package org.tidebox.it.tests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.it.tests.scale.Noise;
import org.tidebox.remote.Remote.Whole;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerConnection;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.FrameWriter;

/**
 * An account in hostile hands, with a library full of what costs a server much: a file with many large versions, many
 * heavy nodes, and chunks.
 */
record HostileAccount(String token, LibraryId library, NodeId versions, List<ChunkId> chunks) {
    private static final Attributes LIGHT = new Attributes(0644, 1_700_000_000_000_000_000L);
    private static final int CHUNKS = 40;
    private static final int NODES = 1_000;
    private static final AtomicLong SEEDS = new AtomicLong();

    /** Fills a library over a connection of the account. */
    static HostileAccount of(String token, ServerConnection connection, int versions) throws RemoteException {
        LibraryId library = connection.createLibrary("hostile", LibraryKind.SYNC).id();
        Random random = random();
        List<EncodedChunk> chunks = new ArrayList<>();
        Noise noise = new Noise(random);
        for (int i = 0; i < CHUNKS; i++) {
            chunks.add(noise.chunk(Noise.LONGEST));
        }
        var left = chunks.iterator();
        connection.upload(library, () -> left.hasNext() ? new Whole(left.next(), 0) : null, null);
        Node file = Node.file(NodeId.random(random), NodeId.ROOT, "versions", heavy(random), recipe(chunks));
        long base = 0;
        for (int i = 0; i < versions; i++) {
            Commit commit = commit(List.of(new Change(base, file.withAttributes(heavy(random)))));
            base = connection.upload(library, () -> null, commit).outcomes().getFirst().sequence();
        }
        List<Change> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Change(0, Node.folder(NodeId.random(random), NodeId.ROOT, "node " + i, heavy(random))));
        }
        connection.upload(library, () -> null, commit(nodes));
        return new HostileAccount(token, library, file.id(), chunks.stream().map(EncodedChunk::id).toList());
    }

    static Random random() {
        return new Random(SEEDS.getAndIncrement());
    }

    static Commit commit(List<Change> changes) {
        return new Commit(CommitId.random(random()), changes);
    }

    static Node folder(Random random, NodeId parent, String name) {
        return Node.folder(NodeId.random(random), parent, name, LIGHT);
    }

    static Node file(Random random, String name, Recipe recipe) {
        return Node.file(NodeId.random(random), NodeId.ROOT, name, LIGHT, recipe);
    }

    /** Returns frames that hold a commit only. */
    static byte[] frames(Commit commit, boolean compressed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        if (compressed) {
            writer.writeCompressed(commit);
        } else {
            writer.writeCommit(commit);
        }
        writer.writeEnd();
        return out.toByteArray();
    }

    private static Recipe recipe(List<EncodedChunk> chunks) {
        return new Recipe("fastcdc", 0, chunks.stream()
                .map(chunk -> new RecipeEntry(chunk.id(), chunk.rawLength())).toList());
    }

    /** As many extended attributes as a node may have, with contents that do not compress. */
    private static Attributes heavy(Random random) {
        byte[] value = new byte[ExtendedAttributes.MAX_BYTES - 100];
        random.nextBytes(value);
        return LIGHT.withExtended(ExtendedAttributes.of(Map.of("user.x", value)));
    }
}
