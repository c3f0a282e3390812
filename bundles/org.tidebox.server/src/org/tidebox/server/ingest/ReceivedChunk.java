package org.tidebox.server.ingest;

import java.nio.ByteBuffer;
import java.util.List;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * A chunk that came and whose bytes are what its id says.
 *
 * @param chunk its encoded bytes
 * @param level 0 for a piece of content, n for a list of recipe entries at depth n - 1
 * @param contentLength how many bytes of content it stands for
 * @param entries the list that it holds; empty at level 0
 * @param like stored chunks that it was told by, if it came as a patch
 */
record ReceivedChunk(EncodedChunk chunk, int level, long contentLength, List<RecipeEntry> entries,
        List<ChunkId> like) {
    private static final ChunkCodec CODEC = new ChunkCodec();

    /**
     * Verifies what came. The only work of an upload that needs the processor, so it runs beside the receiving.
     *
     * @throws ProblemException if the bytes are not the chunk or not such a list
     */
    static ReceivedChunk verify(ChunkFrame frame) throws ProblemException {
        EncodedChunk chunk = frame.chunk();
        try {
            ByteBuffer raw = CODEC.decode(chunk);
            if (frame.level() == 0) {
                return new ReceivedChunk(chunk, 0, chunk.rawLength(), List.of(), List.of());
            }
            List<RecipeEntry> entries = Recipe.decodeEntries(raw);
            if (entries.isEmpty() || entries.size() > Recipe.MAX_ENTRIES) {
                throw bad("The list of entries " + chunk.id() + " has " + entries.size() + " entries; 1 to "
                        + Recipe.MAX_ENTRIES + " are allowed");
            }
            long length = entries.stream().mapToLong(RecipeEntry::length).reduce(0, Math::addExact);
            return new ReceivedChunk(chunk, frame.level(), length, entries, List.of());
        } catch (CorruptChunkException e) {
            throw bad(e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad("The chunk " + chunk.id() + " is not a list of recipe entries: " + e.getMessage());
        }
    }

    /** Returns the same chunk, which was told by others. */
    ReceivedChunk like(List<ChunkId> bases) {
        return new ReceivedChunk(chunk, level, contentLength, entries, bases);
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(ProblemType.BAD_CHUNK, detail);
    }
}
