package org.tidebox.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
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
    private static final int MAX_PROBLEM = 256 << 10;
    private final DataInputStream in;
    private final Room room;
    private boolean started;
    private boolean committed;
    private boolean ended;
    private int chunks;

    /** Reads nothing yet. For somebody who holds one frame at a time. */
    public FrameReader(InputStream source) {
        this(source, Room.ANY);
    }

    /**
     * Reads nothing yet.
     *
     * @param room where memory is taken for each frame before it is read, as {@link Footprint} says
     */
    public FrameReader(InputStream source, Room room) {
        this.room = room;
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
                yield readCommit();
            }
            case FrameType.COMPRESSED_COMMIT -> {
                committed = true;
                yield readCompressedCommit();
            }
            case FrameType.END -> readEnd();
            case FrameType.PROBLEM -> {
                int length = readLength(MAX_PROBLEM);
                ProblemFrame frame = new ProblemFrame(
                        Codec.parse(Portion.exactly(length, in), Problem.class, Routes.CBOR));
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
        room.take(Footprint.ofChunk(level, rawLength, length, length));
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
        room.take(Footprint.ofChunk(level, rawLength, length, rawLength));
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
        room.take(Footprint.ofMessage(length));
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
        if (level > 0 && rawLength > Recipe.MAX_ENTRIES * Recipe.ENTRY_LENGTH) {
            throw new WireException(ProblemType.BAD_CHUNK, "a list has 1 to " + Recipe.MAX_ENTRIES + " entries of "
                    + Recipe.ENTRY_LENGTH + " bytes, got " + rawLength + " bytes", null);
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

    private CommitFrame readCommit() throws IOException, WireException {
        int length = readLength(Limits.MAX_MESSAGE);
        room.take(Footprint.ofCommit(length));
        return new CommitFrame(Codec.parse(Portion.exactly(length, in), Commit.class, Routes.CBOR));
    }

    private CommitFrame readCompressedCommit() throws IOException, WireException {
        int length = readLength(Limits.MAX_MESSAGE);
        byte[] head = new byte[Math.min(length, Compression.HEAD)];
        in.readFully(head);
        int size = Compression.sizeIn(head);
        room.take(Footprint.ofCommit(size));
        Portion rest = Portion.exactly(length - head.length, in);
        Commit commit = expand(new SequenceInputStream(new ByteArrayInputStream(head), rest), rest, size);
        rest.finish();
        return new CommitFrame(commit);
    }

    /** Where the stream itself did not fail, it is what came that cannot be expanded. */
    private static Commit expand(InputStream compressed, Portion source, int size) throws IOException, WireException {
        try (InputStream expanded = Compression.expand(compressed)) {
            return Codec.read(expanded, Commit.class, Routes.CBOR, size);
        } catch (IOException e) {
            source.throwFailure();
            throw new WireException("a message cannot be expanded: " + e.getMessage(), e);
        }
    }

    private int readLength(int most) throws IOException, WireException {
        int length = in.readInt();
        if (length < 0 || length > most) {
            throw new WireException(ProblemType.TOO_LARGE, "a message has at most " + most
                    + " bytes, got " + Integer.toUnsignedString(length), null);
        }
        return length;
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
