package org.tidebox.sync.internal.upload;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.remote.Remote;
import org.tidebox.sync.internal.upload.UploadWindow.Raw;
import org.tidebox.tree.ChunkId;

/** Encodes chunks while they are sent: as patches of what the server has where that is shorter. */
final class RawChunks implements Remote.ChunkStream {
    /** A patch this much shorter than the bytes needs no comparison with what compression would make of them. */
    private static final int CLEARLY_SHORTER = 8;
    private static final ChunkCodec CODEC = new ChunkCodec();

    private final Iterator<Map.Entry<ChunkId, Raw>> left;
    private final Map<ChunkId, BlockSignature> signatures;
    private final CompressionLevel compression;
    private final CompressionLevel.Pace pace;

    /** Encodes chunks, in order, with the signatures of their bases as far as these are there. */
    RawChunks(Map<ChunkId, Raw> chunks, Map<ChunkId, BlockSignature> signatures, CompressionLevel compression) {
        this.left = chunks.entrySet().iterator();
        this.signatures = signatures;
        this.compression = compression;
        this.pace = compression.pace();
    }

    @Override
    public Remote.Outgoing next() {
        pace.wanted();
        if (!left.hasNext()) {
            return null;
        }
        Map.Entry<ChunkId, Raw> next = left.next();
        Remote.Outgoing outgoing = encode(next.getKey(), next.getValue());
        pace.ready(next.getValue().bytes().length);
        return outgoing;
    }

    private Remote.Outgoing encode(ChunkId id, Raw chunk) {
        ByteBuffer raw = ByteBuffer.wrap(chunk.bytes());
        List<ChunkId> bases = chunk.bases().stream().filter(signatures::containsKey).toList();
        Optional<ChunkPatch> patch = bases.isEmpty()
                ? Optional.empty()
                : new PatchCodec().byBlocks(id, raw, bases, bases.stream().map(signatures::get).toList());
        if (patch.isPresent() && patch.get().data().remaining() < raw.remaining() / CLEARLY_SHORTER) {
            return new Remote.Patched(patch.get(), chunk.level());
        }
        EncodedChunk whole = CODEC.encode(id, raw, compression.get());
        return patch.isPresent() && patch.get().data().remaining() < whole.data().remaining()
                ? new Remote.Patched(patch.get(), chunk.level())
                : new Remote.Whole(whole, chunk.level());
    }
}
