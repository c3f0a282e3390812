package org.tidebox.storage.file;

import java.util.List;
import java.util.Map;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/** One caller's batch on its way to the disk; guarded by the lock of its space once it is under way. */
final class Append {
    private final List<EncodedChunk> chunks;
    private final Map<ChunkId, PackPlace> like;
    private final long bytes;
    private List<PackPlace> places;
    private StorageException failure;

    Append(List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like) {
        for (EncodedChunk chunk : chunks) {
            check(chunk);
        }
        this.chunks = List.copyOf(chunks);
        this.like = Map.copyOf(like);
        this.bytes = chunks.stream().mapToLong(PackFormat::frameLength).sum();
    }

    private static void check(EncodedChunk chunk) {
        boolean fits = chunk.rawLength() >= 0 && chunk.rawLength() <= EncodedChunk.MAX_LENGTH
                && chunk.data().remaining() <= EncodedChunk.MAX_LENGTH;
        if (!fits) {
            throw new IllegalArgumentException("chunk " + chunk.id() + " has " + chunk.rawLength() + " raw and "
                    + chunk.data().remaining() + " encoded bytes; at most " + EncodedChunk.MAX_LENGTH + " are allowed");
        }
    }

    List<EncodedChunk> chunks() {
        return chunks;
    }

    Map<ChunkId, PackPlace> like() {
        return like;
    }

    long bytes() {
        return bytes;
    }

    boolean isDone() {
        return places != null || failure != null;
    }

    void succeed(List<PackPlace> where) {
        places = List.copyOf(where);
    }

    void fail(StorageException why) {
        failure = why;
    }

    List<PackPlace> result() throws StorageException {
        if (failure != null) {
            throw failure;
        }
        return places;
    }
}
