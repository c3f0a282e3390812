package org.tidebox.fuzz.tests;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Codec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** One good example of each thing that travels, the same in every run. */
final class Samples {
    private static final Random RANDOM = new Random(12);
    private static final byte[] OLD = noise(2048);
    static final ChunkId CHUNK = ChunkCodec.idOf(ByteBuffer.wrap(OLD));
    static final LibraryId LIBRARY = LibraryId.random(RANDOM);
    private static final NodeId FOLDER = NodeId.random(RANDOM);

    private Samples() {
    }

    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static byte[] old() {
        return OLD.clone();
    }

    static EncodedChunk chunk(String content) {
        ByteBuffer raw = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        return new ChunkCodec().encode(ChunkCodec.idOf(raw), raw);
    }

    static BlockSignature signature() {
        return BlockSignature.of(ByteBuffer.wrap(OLD));
    }

    static ChunkPatch patch() {
        byte[] raw = OLD.clone();
        raw[700] ^= 1;
        ByteBuffer buffer = ByteBuffer.wrap(raw);
        return new PatchCodec().byBlocks(ChunkCodec.idOf(buffer), buffer, List.of(CHUNK), List.of(signature()))
                .orElseThrow();
    }

    static Recipe recipe() {
        return new Recipe("fastcdc", 1, List.of(new RecipeEntry(CHUNK, OLD.length), new RecipeEntry(CHUNK, 7)));
    }

    static Node file() {
        Attributes attributes = new Attributes(0640, 1_700_000_000_123_456_789L,
                ExtendedAttributes.of(Map.of("tag", new byte[]{1, 2}, "größe", new byte[0])));
        return Node.file(NodeId.random(RANDOM), FOLDER, "größe.txt", attributes, recipe());
    }

    static Commit commit() {
        Node folder = Node.folder(FOLDER, NodeId.ROOT, "docs", new Attributes(0755, 0));
        return new Commit(CommitId.random(RANDOM), List.of(new Change(0, folder), new Change(3, file())));
    }

    static Problem problem() {
        return new Problem("urn:tidebox:problem:" + ProblemType.NOT_FOUND, "Not found", 404, "It is not there");
    }

    /** Returns an example of each record that somebody reads. */
    static List<Object> messages() {
        Messages.HistoryEntry entry = new Messages.HistoryEntry(file(), "laptop",
                Instant.parse("2026-01-31T12:00:00Z"), true);
        return List.of(commit(), problem(), new Messages.ServerInfo("tidebox", "0.1.0", List.of(1, 2, 3)),
                new Messages.Login("ada", "secret", "laptop"), new Messages.Join("secret-of-16-bytes", "laptop"),
                new Messages.Welcome("ada", "laptop", "tb1_token"),
                new Messages.Libraries(List.of(new Library(LIBRARY, "docs", LibraryKind.SYNC, 7))),
                new Messages.NewLibrary("docs", LibraryKind.SYNC), new Messages.ChunkIds(List.of(CHUNK, CHUNK)),
                new Messages.Wanted(List.of(FOLDER)),
                new Messages.ChunkWishes(List.of(new Messages.ChunkWish(CHUNK, List.of(CHUNK)))),
                new Messages.Uploaded(2, null), new Messages.History(List.of(entry)),
                new Messages.NodeIds(List.of(FOLDER)), new Messages.FoldersAsOf(7, List.of(FOLDER), 0, 100),
                new Messages.Deleted(List.of(entry)), new Messages.Moment(5),
                new ChangePage(List.of(file()), 7, 9, Mark.START), new LibraryEvent(LIBRARY, 9, true));
    }

    static byte[] cbor(Object message) {
        return Codec.write(message, Routes.CBOR);
    }

    static byte[] json(Object message) {
        return Codec.write(message, Routes.JSON);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] prefixed(int first, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) first).put(rest).array();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
