package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.storage.packs.PackPlace;

/**
 * Chunks that one pack holds as differences to others. The other one, the base, is whole and lies in the same pack: so
 * reading costs two frames at most, and a base is there as long as the pack is, whatever becomes of it elsewhere.
 */
final class Differences {
    /** What comes before a difference: where its base lies. */
    static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final Logger LOG = LoggerFactory.getLogger(Differences.class);
    private static final ChunkCodec CHUNKS = new ChunkCodec();
    private static final PatchCodec PATCHES = new PatchCodec();

    private final PackFile file;

    Differences(PackFile file) {
        this.file = file;
    }

    /**
     * Tells a chunk by one that is probably like it.
     *
     * @param like where that one lies, whole or itself a difference; whatever lies there is verified
     * @return the data of a frame, or nothing if it would not be much shorter than the chunk, or there is no base
     */
    Optional<ByteBuffer> tell(EncodedChunk chunk, PackPlace like) {
        if (!like.pack().equals(file.name())) {
            return Optional.empty();
        }
        try {
            Base base = base(new Base(like.offset(), like.length()));
            PackFrame frame = frame(base);
            if (!frame.isIntact() || frame.isDifference()) {
                return Optional.empty();
            }
            Optional<ChunkPatch> patch = PATCHES.byDictionary(chunk.id(), CHUNKS.decode(chunk),
                    List.of(frame.chunk().id()), List.of(CHUNKS.decode(frame.chunk())));
            return patch.map(ChunkPatch::data).filter(data -> isWorth(data, chunk)).map(base::before);
        } catch (IOException | CorruptChunkException e) {
            LOG.debug("No chunk is told by the one at {}: {}", like, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Puts a chunk together.
     *
     * @param difference an intact frame of this pack
     * @return the whole chunk, verified
     * @throws CorruptChunkException if the base is not what it was, or they do not make the chunk
     */
    EncodedChunk whole(PackFrame difference) throws IOException, CorruptChunkException {
        EncodedChunk told = difference.chunk();
        Base at = Base.of(told.data());
        PackFrame base = frame(at);
        if (!base.isIntact() || base.isDifference()) {
            throw new CorruptChunkException(told.id(),
                    "it is a difference to the chunk at offset " + at.offset + ", but "
                            + (base.isIntact() ? "that is one itself" : base.reason()));
        }
        ChunkPatch patch = new ChunkPatch(told.id(), List.of(base.chunk().id()), Kind.DICTIONARY, told.rawLength(),
                told.data().slice(told.data().position() + HEAD, told.data().remaining() - HEAD));
        return CHUNKS.encode(told.id(), PATCHES.apply(patch, List.of(CHUNKS.decode(base.chunk()))));
    }

    /** Returns where the base of a difference lies. */
    PackPlace baseOf(PackFrame difference) {
        Base at = Base.of(difference.chunk().data());
        return new PackPlace(file.name(), at.offset, at.length);
    }

    /** Follows a difference to what it is told by, so that nothing is ever told by a difference. */
    private Base base(Base like) throws IOException {
        PackFrame frame = frame(like);
        return frame.isIntact() && frame.isDifference() ? Base.of(frame.chunk().data()) : like;
    }

    private PackFrame frame(Base at) throws IOException {
        if (at.offset < PackFormat.HEADER_LENGTH || at.length < PackFormat.FRAME_OVERHEAD
                || at.length > PackFormat.MAX_FRAME) {
            return PackFrame.broken("no frame can lie there");
        }
        ByteBuffer bytes = ByteBuffer.allocate(at.length);
        file.read(bytes, at.offset);
        return PackFrame.parse(bytes.flip(), at.offset);
    }

    /** A difference makes reading slower, so it has to save a quarter at least. */
    private static boolean isWorth(ByteBuffer data, EncodedChunk chunk) {
        return HEAD + data.remaining() <= chunk.data().remaining() / 4 * 3;
    }

    private record Base(long offset, int length) {
        static Base of(ByteBuffer data) {
            return new Base(data.getLong(data.position()), data.getInt(data.position() + Long.BYTES));
        }

        ByteBuffer before(ByteBuffer difference) {
            return ByteBuffer.allocate(HEAD + difference.remaining()).putLong(offset).putInt(length)
                    .put(difference.duplicate()).flip();
        }
    }
}
