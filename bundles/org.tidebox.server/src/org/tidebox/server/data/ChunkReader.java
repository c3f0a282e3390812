package org.tidebox.server.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.feature.Lease;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.DamagedPackException;

/**
 * Reads chunks of which somebody knows the place. Meanwhile the chunk may have been moved to another pack; then it is
 * read there. What lies at a place is checked against the id that was asked for. Thread-safe.
 */
public final class ChunkReader {
    private static final int MAX_TRIES = 5;
    private static final ChunkCodec CODEC = new ChunkCodec();
    private final ServerData data;

    /** Reads from the given data. */
    public ChunkReader(ServerData data) {
        this.data = data;
    }

    /**
     * Reads a chunk as it is stored.
     *
     * @return nothing if the account no longer has the chunk
     * @throws DamagedPackException if the bytes are not what was stored
     */
    public Optional<EncodedChunk> read(long account, StoredChunk stored) throws StorageException {
        StoredChunk at = stored;
        for (int attempt = 1;; attempt++) {
            // Held for one chunk only: a device that takes its time must not hold up an exchange of the stores.
            try (Lease<Stores> stores = data.acquire()) {
                try {
                    return Optional.of(readAt(stores.get(), account, at));
                } catch (StorageException e) {
                    StoredChunk now = stores.get().metadata().chunkUpkeep()
                            .find(account, List.of(at.id())).get(at.id());
                    if (now == null) {
                        return Optional.empty();
                    }
                    if (now.place().equals(at.place()) || attempt == MAX_TRIES) {
                        throw e;
                    }
                    at = now;
                }
            }
        }
    }

    /**
     * Reads a chunk and compares its hash with its id.
     *
     * @return its raw bytes, or nothing if the account no longer has the chunk
     * @throws DamagedPackException if the bytes are not what was stored
     */
    public Optional<ByteBuffer> readRaw(long account, StoredChunk stored) throws StorageException {
        Optional<EncodedChunk> read = read(account, stored);
        return read.isEmpty() ? Optional.empty() : Optional.of(decode(account, stored, read.get()));
    }

    /**
     * Reads a chunk of stores that are leased where it lies, and compares its hash with its id.
     *
     * @throws DamagedPackException if the bytes are not what was stored
     */
    public static ByteBuffer readRaw(Stores stores, long account, StoredChunk stored) throws StorageException {
        return decode(account, stored, readAt(stores, account, stored));
    }

    private static ByteBuffer decode(long account, StoredChunk stored, EncodedChunk chunk) throws StorageException {
        try {
            return CODEC.decode(chunk);
        } catch (CorruptChunkException e) {
            throw new DamagedPackException(Stores.spaceOf(account), stored.place(), e.getMessage());
        }
    }

    private static EncodedChunk readAt(Stores stores, long account, StoredChunk at) throws StorageException {
        String space = Stores.spaceOf(account);
        EncodedChunk chunk = stores.packs().read(space, at.place());
        if (!chunk.id().equals(at.id())) {
            throw new DamagedPackException(space, at.place(), "chunk " + at.id() + " should lie there, but it is "
                    + chunk.id());
        }
        return chunk;
    }
}
