package org.tidebox.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.Recipe;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.Frame.CommitFrame;
import org.tidebox.wire.Frame.EndFrame;
import org.tidebox.wire.Frame.PatchFrame;
import org.tidebox.wire.Frame.ProblemFrame;
import org.tidebox.wire.Frame.SignatureFrame;

/**
 * Reads a stream of {@linkplain Frame frames}. Believes no length before it is checked, and takes no more memory than
 * bytes have come, but for one chunk. For one thread at a time; does not close what it reads.
 */
public final class FrameReader {
    private static final int BUFFER = 64 << 10;
    private final DataInputStream in;
    private boolean started;
    private boolean committed;
    private boolean ended;
    private int chunks;

    /** Reads nothing yet. */
    public FrameReader(InputStream source) {
        in = new DataInputStream(new BufferedInputStream(source, BUFFER));
    }

    /**
     * Returns the next frame. The last one is an {@link EndFrame} or a {@link ProblemFrame}.
     *
     * @throws WireException if the bytes are not what {@link Frame} says, or the stream ends before its last frame
     * @throws IOException if the source fails
     * @throws IllegalStateException after the last frame
     */
    public Frame next() throws IOException, WireException {
        if (ended) {
            throw new IllegalStateException("the last frame has been read");
        }
        try {
            if (!started) {
                readHeader();
            }
            return readFrame();
        } catch (EOFException e) {
            throw new WireException("the stream of frames is cut short after " + chunks + " chunks", e);
        }
    }

    private void readHeader() throws IOException, WireException {
        int magic = in.readInt();
        int version = in.readUnsignedByte();
        if (magic != Frame.MAGIC || version != Frame.VERSION) {
            throw new WireException("not a stream of Tidebox frames of version " + Frame.VERSION);
        }
        started = true;
    }

    private Frame readFrame() throws IOException, WireException {
        int type = in.readUnsignedByte();
        if (committed && type != FrameType.END) {
            throw new WireException("only the end may follow a commit, got a frame of type " + type);
        }
        return switch (type) {
            case FrameType.CHUNK -> readChunk();
            case FrameType.PATCH -> readPatch();
            case FrameType.SIGNATURE -> readSignature();
            case FrameType.COMMIT -> {
                committed = true;
                yield new CommitFrame(readMessage(Commit.class));
            }
            case FrameType.COMPRESSED_COMMIT -> {
                committed = true;
                yield new CommitFrame(Codec.read(Compression.expand(readMessage()), Commit.class, Routes.CBOR));
            }
            case FrameType.END -> readEnd();
            case FrameType.PROBLEM -> {
                ProblemFrame frame = new ProblemFrame(readMessage(Problem.class));
                readNothing();
                yield frame;
            }
            default -> throw new WireException("there is no frame of type " + type);
        };
    }

    private ChunkFrame readChunk() throws IOException, WireException {
        int level = in.readUnsignedByte();
        int encoding = in.readUnsignedByte();
        int rawLength = in.readInt();
        int length = in.readInt();
        check(level, encoding, Encoding.values().length, rawLength, length);
        ChunkId id = readId();
        ByteBuffer data = readData(length);
        chunks++;
        return new ChunkFrame(new EncodedChunk(id, Encoding.values()[encoding], rawLength, data), level);
    }

    private PatchFrame readPatch() throws IOException, WireException {
        int level = in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        int rawLength = in.readInt();
        int length = in.readInt();
        check(level, kind, Kind.values().length, rawLength, length);
        ChunkId id = readId();
        int count = in.readUnsignedByte();
        if (count < 1 || count > ChunkPatch.MAX_BASES) {
            throw new WireException("a patch has 1 to " + ChunkPatch.MAX_BASES + " bases, got " + count);
        }
        List<ChunkId> bases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bases.add(readId());
        }
        ByteBuffer data = readData(length);
        chunks++;
        return new PatchFrame(new ChunkPatch(id, bases, Kind.values()[kind], rawLength, data), level);
    }

    private SignatureFrame readSignature() throws IOException, WireException {
        ChunkId id = readId();
        int length = in.readInt();
        if (length < 0 || length > BlockSignature.MAX_LENGTH) {
            throw new WireException("a signature has at most " + BlockSignature.MAX_LENGTH + " bytes, got "
                    + Integer.toUnsignedString(length));
        }
        try {
            SignatureFrame frame = new SignatureFrame(id, BlockSignature.decode(readData(length).array()));
            chunks++;
            return frame;
        } catch (IllegalArgumentException e) {
            throw new WireException(e.getMessage(), e);
        }
    }

    private static void check(int level, int code, int codes, int rawLength, int length) throws WireException {
        if (level > Recipe.MAX_DEPTH || code >= codes) {
            throw new WireException("a chunk of level " + level + " in encoding " + code + ", which do not exist");
        }
        if (rawLength < 0 || rawLength > EncodedChunk.MAX_LENGTH || length < 0 || length > EncodedChunk.MAX_LENGTH) {
            throw new WireException("a chunk has at most " + EncodedChunk.MAX_LENGTH + " bytes, got "
                    + Integer.toUnsignedString(rawLength) + " encoded as " + Integer.toUnsignedString(length));
        }
    }

    private ChunkId readId() throws IOException {
        return new ChunkId(readData(ChunkId.LENGTH).array());
    }

    private ByteBuffer readData(int length) throws IOException {
        byte[] data = new byte[length];
        in.readFully(data);
        return ByteBuffer.wrap(data);
    }

    private <T> T readMessage(Class<T> type) throws IOException, WireException {
        return Codec.read(readMessage(), type, Routes.CBOR);
    }

    private byte[] readMessage() throws IOException, WireException {
        int length = in.readInt();
        if (length < 0 || length > Limits.MAX_MESSAGE) {
            throw new WireException(ProblemType.TOO_LARGE, "a message has at most " + Limits.MAX_MESSAGE
                    + " bytes, got " + Integer.toUnsignedString(length), null);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private EndFrame readEnd() throws IOException, WireException {
        int count = in.readInt();
        if (count != chunks) {
            throw new WireException(
                    "the stream of frames says that it has " + count + " chunks, but " + chunks + " came");
        }
        readNothing();
        return new EndFrame(count);
    }

    private void readNothing() throws IOException, WireException {
        if (in.read() >= 0) {
            throw new WireException("the stream of frames goes on after its last frame");
        }
        ended = true;
    }
}
