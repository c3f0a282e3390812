package org.tidebox.server.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Messages.ChunkIds;

/** Contents as devices make them, cut into tiny chunks with tiny lists, and read back as devices do. */
public final class Contents {
    private static final int GROUP = 3;
    private static final ChunkCodec CODEC = new ChunkCodec();

    private Contents() {
    }

    /**
     * A content with everything that a device sends for it.
     *
     * @param bytes of the content
     * @param recipe of the content
     * @param chunks pieces first, then lists in the order of their levels
     */
    public record Content(byte[] bytes, Recipe recipe, List<Sent> chunks) {
        public ChunkIds ids() {
            return new ChunkIds(chunks.stream().map(Sent::id).distinct().toList());
        }

        public List<Sent> among(List<ChunkId> wanted) {
            return chunks.stream().filter(sent -> wanted.contains(sent.id())).toList();
        }

        /** Returns the same, all of it to be sent whole. */
        public Content whole() {
            return new Content(bytes, recipe, chunks.stream().map(Sent::whole).toList());
        }
    }

    /** Makes a content of the given pieces with lists of that depth. */
    public static Content of(int depth, List<byte[]> pieces) {
        return ofSent(depth, pieces.stream().map(TestServer::chunk).toList());
    }

    private static Content ofSent(int depth, List<Sent> pieces) {
        List<Sent> sent = new ArrayList<>(pieces);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<RecipeEntry> entries = new ArrayList<>();
        for (Sent piece : pieces) {
            entries.add(piece.entry());
            bytes.writeBytes(raw(piece.chunk()));
        }
        for (int level = 1; level <= depth; level++) {
            List<RecipeEntry> above = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += GROUP) {
                List<RecipeEntry> group = entries.subList(from, Math.min(from + GROUP, entries.size()));
                Sent list = TestServer.list(level, group.toArray(RecipeEntry[]::new));
                sent.add(list);
                above.add(new RecipeEntry(list.id(), group.stream().mapToLong(RecipeEntry::length).sum()));
            }
            entries = above;
        }
        return new Content(bytes.toByteArray(), new Recipe("fastcdc", depth, entries), sent);
    }

    /** Makes a content of one to eight random pieces; of few different ones if the variety is small. */
    public static Content random(Random random, int variety) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            Random piece = new Random(random.nextInt(variety));
            byte[] bytes = new byte[100 + piece.nextInt(1500)];
            piece.nextBytes(bytes);
            pieces.add(bytes);
        }
        return of(random.nextInt(4), pieces);
    }

    /** Returns a content with a few bytes of one piece edited, which is to be sent as a patch. */
    public static Content edited(Random random, Content before) {
        List<Sent> pieces = new ArrayList<>(before.chunks().stream().filter(sent -> sent.level() == 0).toList());
        int which = random.nextInt(pieces.size());
        byte[] base = raw(pieces.get(which).chunk());
        byte[] raw = base.clone();
        raw[random.nextInt(raw.length)]++;
        pieces.replaceAll(Sent::whole);
        pieces.set(which, TestServer.patch(raw, base));
        return ofSent(before.recipe().depth(), pieces);
    }

    /** Fetches a content the way a device does, level by level. */
    public static byte[] fetch(TideboxServer server, Session session, LibraryId library, Recipe recipe)
            throws Exception {
        List<RecipeEntry> entries = recipe.entries();
        for (int depth = recipe.depth(); depth > 0; depth--) {
            List<RecipeEntry> below = new ArrayList<>();
            for (byte[] list : raw(server, session, library, entries)) {
                below.addAll(Recipe.decodeEntries(ByteBuffer.wrap(list)));
            }
            entries = below;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        raw(server, session, library, entries).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static List<byte[]> raw(TideboxServer server, Session session, LibraryId library, List<RecipeEntry> entries)
            throws Exception {
        List<ChunkId> ids = entries.stream().map(RecipeEntry::id).collect(Collectors.toList());
        List<byte[]> found = new ArrayList<>();
        server.transfers().fetch(session, library, new ChunkIds(ids), (chunk, level) -> {
            assertThat(chunk.id()).isEqualTo(ids.get(found.size()));
            found.add(raw(chunk));
        });
        return found;
    }

    private static byte[] raw(EncodedChunk chunk) {
        try {
            ByteBuffer raw = CODEC.decode(chunk);
            byte[] bytes = new byte[raw.remaining()];
            raw.get(bytes);
            return bytes;
        } catch (CorruptChunkException e) {
            throw new AssertionError("wrong bytes", e);
        }
    }
}
