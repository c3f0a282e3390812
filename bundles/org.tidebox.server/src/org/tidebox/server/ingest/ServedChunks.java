package org.tidebox.server.ingest;

import java.nio.ByteBuffer;
import java.util.List;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.upkeep.Damage;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Chunks as they are served: what turns out damaged is told as such, and never served again. Thread-safe. */
final class ServedChunks {
    private static final ChunkCodec CODEC = new ChunkCodec();

    private final ServerData data;
    private final ChunkReader reader;
    private final Damage damage;

    ServedChunks(ServerData data, ChunkReader reader, Damage damage) {
        this.data = data;
        this.reader = reader;
        this.damage = damage;
    }

    /**
     * Reads a chunk as it is stored.
     *
     * @param stored where it is; {@code null} if it is not there, or damaged
     * @throws ProblemException if it cannot be had
     */
    EncodedChunk read(Account account, ChunkId id, StoredChunk stored) throws ProblemException, StorageException {
        if (stored == null) {
            throw absent(account, id);
        }
        try {
            return reader.read(account.id(), stored).orElseThrow(() -> unknown(stored.id()));
        } catch (StorageException e) {
            if (e.isPermanent()) {
                throw damage.met(account, stored, e.getMessage());
            }
            throw e;
        }
    }

    /** Reads a chunk as {@link #read} does, and compares its bytes with its id. */
    ByteBuffer readRaw(Account account, ChunkId id, StoredChunk stored) throws ProblemException, StorageException {
        EncodedChunk chunk = read(account, id, stored);
        try {
            return CODEC.decode(chunk);
        } catch (CorruptChunkException e) {
            throw damage.met(account, stored, e.getMessage());
        }
    }

    /** Tells what is known to be damaged from what was never there. */
    private ProblemException absent(Account account, ChunkId id) throws StorageException {
        StoredChunk damaged;
        try (Lease<Stores> stores = data.acquire()) {
            damaged = stores.get().metadata().chunkUpkeep().find(account.id(), List.of(id)).get(id);
        }
        return damaged == null ? unknown(id) : damage.met(account, damaged, "it is known to be damaged");
    }

    private static ProblemException unknown(ChunkId id) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no chunk " + id + " in this account");
    }
}
