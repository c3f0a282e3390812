package org.tidebox.wire;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.Recipe;

/**
 * Writes a stream of {@linkplain Frame frames}. Buffers; does not close what it writes to. For one thread at a time.
 */
public final class FrameWriter {
    private static final int BUFFER = 64 << 10;
    private final DataOutputStream out;
    private int chunks;

    /** Starts a stream; its header stays in the buffer for now. */
    public FrameWriter(OutputStream target) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(target, BUFFER));
        out.writeInt(Frame.MAGIC);
        out.writeByte(Frame.VERSION);
    }

    /**
     * Writes a chunk.
     *
     * @param level 0 for a piece of content, n for a list of recipe entries at depth n - 1
     * @throws IllegalArgumentException if the chunk is longer than chunks may be, or the level is not one that recipes
     *        have
     */
    public void writeChunk(EncodedChunk chunk, int level) throws IOException {
        writeHead(FrameType.CHUNK, level, chunk.encoding().ordinal(), chunk.rawLength(), chunk.data(), chunk.id());
        writeData(chunk.data());
        chunks++;
    }

    /**
     * Writes a chunk that is told by others.
     *
     * @param level as in {@link #writeChunk}
     * @throws IllegalArgumentException as in {@link #writeChunk}
     */
    public void writePatch(ChunkPatch patch, int level) throws IOException {
        writeHead(FrameType.PATCH, level, patch.kind().ordinal(), patch.rawLength(), patch.data(), patch.id());
        out.writeByte(patch.bases().size());
        for (ChunkId base : patch.bases()) {
            out.write(base.toBytes());
        }
        writeData(patch.data());
        chunks++;
    }

    /** Writes the block signature of a chunk. */
    public void writeSignature(ChunkId id, BlockSignature signature) throws IOException {
        byte[] data = signature.encode();
        out.writeByte(FrameType.SIGNATURE);
        out.write(id.toBytes());
        out.writeInt(data.length);
        out.write(data);
        chunks++;
    }

    private void writeHead(int type, int level, int code, int rawLength, ByteBuffer data, ChunkId id)
            throws IOException {
        if (data.remaining() > EncodedChunk.MAX_LENGTH || level < 0 || level > Recipe.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "chunk " + id + " of " + data.remaining() + " bytes at level " + level + " cannot travel");
        }
        out.writeByte(type);
        out.writeByte(level);
        out.writeByte(code);
        out.writeInt(rawLength);
        out.writeInt(data.remaining());
        out.write(id.toBytes());
    }

    private void writeData(ByteBuffer data) throws IOException {
        if (data.hasArray()) {
            out.write(data.array(), data.arrayOffset() + data.position(), data.remaining());
        } else {
            byte[] copy = new byte[data.remaining()];
            data.get(data.position(), copy);
            out.write(copy);
        }
    }

    /** Writes the commit that goes with the chunks. */
    public void writeCommit(Commit commit) throws IOException {
        writeMessage(FrameType.COMMIT, encode(commit));
    }

    /** Does the same for a reader that knows {@link Routes#VERSION_COMPRESSION}. */
    public void writeCompressed(Commit commit) throws IOException {
        writeMessage(FrameType.COMPRESSED_COMMIT, Compression.compress(encode(commit)));
    }

    /** Ends the stream as whole, and flushes. */
    public void writeEnd() throws IOException {
        out.writeByte(FrameType.END);
        out.writeInt(chunks);
        out.flush();
    }

    /** Ends the stream as broken, and flushes. */
    public void writeProblem(Problem problem) throws IOException {
        writeMessage(FrameType.PROBLEM, encode(problem));
        out.flush();
    }

    /** Hands on what is in the buffer. */
    public void flush() throws IOException {
        out.flush();
    }

    private static byte[] encode(Object message) {
        byte[] bytes = Codec.write(message, Routes.CBOR);
        if (bytes.length > Limits.MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "a message has at most " + Limits.MAX_MESSAGE + " bytes, got " + bytes.length);
        }
        return bytes;
    }

    private void writeMessage(int type, byte[] bytes) throws IOException {
        out.writeByte(type);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
