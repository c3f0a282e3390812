package org.tidebox.server.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.ingest.Transfers.PatchReceiver;
import org.tidebox.server.ingest.Transfers.SignatureReceiver;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.FairTasks;
import org.tidebox.server.session.Standing;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Chunks as differences to others that the same account has stored: told to devices, and put together when they come
 * from them. How they are stored is up to the packs. Thread-safe.
 */
final class Patches {
    /** What a base adds to a patch on the wire, so that nothing travels as a patch that is longer for it. */
    private static final int BASE_COST = ChunkId.LENGTH + 1;

    private final ServerData data;
    private final ChunkReader reader;
    private final FairTasks makers;
    private final PatchCodec patches = new PatchCodec();
    private final ChunkCodec chunks = new ChunkCodec();

    /** Makes differences and signatures on the threads of the given tasks, since they take time and memory. */
    Patches(ServerData data, ChunkReader reader, FairTasks makers) {
        this.data = data;
        this.reader = reader;
        this.makers = makers;
    }

    /** Reads chunks that are wanted for themselves. */
    @FunctionalInterface
    interface Wholes {
        /**
         * Reads a chunk as it is stored.
         *
         * @param stored where it is; {@code null} if it is not there, or damaged
         * @throws ProblemException if it cannot be had
         */
        EncodedChunk read(ChunkId id, StoredChunk stored) throws ProblemException, StorageException;
    }

    /** Hands over the signatures of those chunks that are stored and intact, in the order asked for. */
    void signatures(long account, List<ChunkId> ids, Standing standing, SignatureReceiver receiver)
            throws IOException, ProblemException, StorageException {
        Map<ChunkId, StoredChunk> found = find(account, new LinkedHashSet<>(ids));
        FairTasks.Owner making = makers.owner(account);
        for (ChunkId id : ids) {
            standing.check();
            Optional<BlockSignature> signature = making
                    .run(() -> read(account, found.get(id)).map(BlockSignature::of));
            if (signature.isPresent()) {
                receiver.signature(id, signature.get());
            }
        }
    }

    /**
     * Hands over chunks in the order asked for, as patches of what the device has where that is shorter.
     *
     * @param wholes reads the chunks themselves
     * @param claim where room is taken for what is on its way
     * @throws ProblemException if one of them is not there; those before it have been handed over
     */
    void fetch(long account, List<ChunkWish> wishes, Wholes wholes, PatchReceiver receiver, Budget.Claim claim)
            throws IOException, ProblemException, StorageException {
        Set<ChunkId> all = new LinkedHashSet<>();
        wishes.forEach(wish -> {
            all.add(wish.id());
            all.addAll(wish.bases());
        });
        claim.atLeast(Transfers.footprint(all.size(), List.of()));
        Map<ChunkId, StoredChunk> found = find(account, all);
        claim.atLeast(Transfers.footprint(all.size(), found.values()));
        FairTasks.Owner making = makers.owner(account);
        for (ChunkWish wish : wishes) {
            StoredChunk stored = found.get(wish.id());
            EncodedChunk chunk = wholes.read(wish.id(), stored);
            Optional<ChunkPatch> patch = wish.bases().isEmpty()
                    ? Optional.empty()
                    : making.run(() -> patch(account, chunk, wish.bases(), found));
            if (patch.isPresent()) {
                receiver.patch(patch.get(), stored.level());
            } else {
                receiver.chunk(chunk, stored.level());
            }
        }
    }

    /**
     * Puts a chunk together that came as a patch.
     *
     * @throws ProblemException {@code BASE_GONE} if the account does not have the bases, {@code BAD_CHUNK} if the patch
     *         does not give the chunk
     */
    EncodedChunk apply(long account, ChunkPatch patch) throws ProblemException, StorageException {
        Map<ChunkId, StoredChunk> found = find(account, new LinkedHashSet<>(patch.bases()));
        List<ByteBuffer> bases = readAll(account, patch.bases(), found).orElseThrow(
                () -> new ProblemException(ProblemType.BASE_GONE, "Chunk " + patch.id()
                        + " came as a patch of others that are not there; send it whole"));
        try {
            return chunks.encode(patch.id(), patches.apply(patch, bases));
        } catch (CorruptChunkException e) {
            throw new ProblemException(ProblemType.BAD_CHUNK, e.getMessage());
        }
    }

    private Optional<ChunkPatch> patch(long account, EncodedChunk chunk, List<ChunkId> baseIds,
            Map<ChunkId, StoredChunk> found) throws StorageException {
        Optional<List<ByteBuffer>> bases = readAll(account, baseIds, found);
        if (bases.isEmpty()) {
            return Optional.empty();
        }
        try {
            int most = chunk.data().remaining() - BASE_COST * baseIds.size();
            return patches.byDictionary(chunk.id(), chunks.decode(chunk), baseIds, bases.get())
                    .filter(patch -> patch.data().remaining() < most);
        } catch (CorruptChunkException e) {
            // As it is, the device finds the damage and says so.
            return Optional.empty();
        }
    }

    private Optional<List<ByteBuffer>> readAll(long account, List<ChunkId> ids, Map<ChunkId, StoredChunk> found)
            throws StorageException {
        List<ByteBuffer> all = new ArrayList<>();
        for (ChunkId id : ids) {
            Optional<ByteBuffer> raw = read(account, found.get(id));
            if (raw.isEmpty()) {
                return Optional.empty();
            }
            all.add(raw.get());
        }
        return Optional.of(all);
    }

    /** What is damaged builds nothing; whoever wants the chunk itself is told. */
    private Optional<ByteBuffer> read(long account, StoredChunk stored) throws StorageException {
        try {
            return stored == null ? Optional.empty() : reader.readRaw(account, stored);
        } catch (StorageException e) {
            if (e.isPermanent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<ChunkId, StoredChunk> find(long account, Collection<ChunkId> ids) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().chunks().find(account, ids);
        }
    }
}
