package org.tidebox.wire;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;

/**
 * One piece of a stream of {@linkplain Routes#FRAMES frames}. The stream is the header {@code TBXF} and a version byte,
 * then for each frame a type byte and what belongs to it (numbers big endian):
 *
 * <pre>
 * 1 chunk      level u8, encoding u8, raw length i32, data length i32, id 32 bytes, data
 * 2 commit     length i32, a {@link Commit} in CBOR; only the end may follow
 * 3 end        i32: how many chunks, patches and signatures came
 * 4 problem    length i32, a {@link Problem} in CBOR: what broke in the middle of a download
 * 5 patch      level u8, kind u8, raw length i32, data length i32, id 32 bytes, number of bases u8, their ids, data
 * 6 signature  id 32 bytes, data length i32, data
 * 7 commit     length i32, a {@link Commit} in CBOR, {@linkplain Compression compressed}; only the end may follow
 * </pre>
 *
 * A stream is whole if an end or a problem is its last frame.
 */
@ProviderType
public sealed interface Frame {
    /** What a stream starts with: {@code TBXF}. */
    int MAGIC = 0x54425846;
    /** The version of the format. */
    int VERSION = 1;

    /**
     * A chunk; its bytes have not been verified against its id.
     *
     * @param chunk what came; it owns its bytes
     * @param level 0 for a piece of content, n for a list of recipe entries at depth n - 1
     */
    record ChunkFrame(EncodedChunk chunk, int level) implements Frame {
    }

    /**
     * A chunk told by others; nothing of it has been verified.
     *
     * @param patch what came; it owns its bytes
     * @param level 0 for a piece of content, n for a list of recipe entries at depth n - 1
     */
    record PatchFrame(ChunkPatch patch, int level) implements Frame {
    }

    /**
     * The block signature of a chunk.
     *
     * @param id the chunk
     * @param signature its blocks
     */
    record SignatureFrame(ChunkId id, BlockSignature signature) implements Frame {
    }

    /**
     * What to apply after the chunks.
     *
     * @param commit with checked names
     */
    record CommitFrame(Commit commit) implements Frame {
    }

    /**
     * The end of a stream that is whole.
     *
     * @param chunks how many chunks, patches and signatures there were
     */
    record EndFrame(int chunks) implements Frame {
    }

    /**
     * The end of a stream that could not be finished.
     *
     * @param problem why
     */
    record ProblemFrame(Problem problem) implements Frame {
    }
}
