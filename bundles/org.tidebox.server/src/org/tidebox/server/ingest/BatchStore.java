package org.tidebox.server.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.AppendGate;
import org.tidebox.server.data.ChunkLevels;
import org.tidebox.server.data.DiskReserve;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.journal.Usage;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Makes batches of verified chunks durable: one append to a pack and one update of the index for each, whatever their
 * number.
 */
final class BatchStore {
    private final ServerData data;
    private final long account;

    /** Stores for one account. */
    BatchStore(ServerData data, long account) {
        this.data = data;
        this.account = account;
    }

    /**
     * Stores those chunks that the account does not have yet.
     *
     * @param batch in the order in which they came
     * @return how many were new
     * @throws ProblemException if a list names a chunk that is not stored or has another length, or there is no room
     */
    int store(List<ReceivedChunk> batch) throws ProblemException, StorageException {
        try (AppendGate.Section section = data.appends().enter(); Lease<Stores> lease = data.acquire()) {
            Stores stores = lease.get();
            Map<ChunkId, StoredChunk> known = stores.metadata().chunks().claim(account, mentionedIn(batch));
            checkLists(batch, known);
            Map<ChunkId, ReceivedChunk> fresh = new LinkedHashMap<>();
            Map<ChunkId, StoredChunk> raised = new HashMap<>();
            sort(batch, known, fresh, raised);
            checkQuota(stores, fresh.values());
            add(stores, fresh, raised.values());
            return fresh.size();
        }
    }

    private static Set<ChunkId> mentionedIn(List<ReceivedChunk> batch) {
        Set<ChunkId> ids = new HashSet<>();
        for (ReceivedChunk received : batch) {
            ids.add(received.chunk().id());
            received.entries().forEach(entry -> ids.add(entry.id()));
        }
        return ids;
    }

    /** Checks each list against what is stored and what came before it. */
    private static void checkLists(List<ReceivedChunk> batch, Map<ChunkId, StoredChunk> known) throws ProblemException {
        Map<ChunkId, StoredChunk> there = new HashMap<>(known);
        for (ReceivedChunk received : batch) {
            for (RecipeEntry entry : received.entries()) {
                StoredChunk chunk = there.get(entry.id());
                if (chunk == null || !ChunkLevels.fits(chunk, entry, received.level() - 1)) {
                    throw new ProblemException(ProblemType.BAD_CHUNK, "The list of entries " + received.chunk().id()
                            + " says that chunk " + entry.id() + " stands for " + entry.length() + " bytes, but "
                            + (chunk == null ? "it is not stored; send it first" : "it does not"));
                }
            }
            there.merge(received.chunk().id(), describe(received, null), BatchStore::higher);
        }
    }

    private static void sort(List<ReceivedChunk> batch, Map<ChunkId, StoredChunk> known,
            Map<ChunkId, ReceivedChunk> fresh, Map<ChunkId, StoredChunk> raised) {
        for (ReceivedChunk received : batch) {
            ChunkId id = received.chunk().id();
            StoredChunk before = known.get(id);
            if (before == null) {
                fresh.merge(id, received, (one, other) -> one.level() >= other.level() ? one : other);
            } else if (before.level() < received.level()) {
                raised.merge(id, describe(received, before.place()), BatchStore::higher);
            }
        }
    }

    private void checkQuota(Stores stores, Collection<ReceivedChunk> fresh) throws ProblemException, StorageException {
        Account now = stores.metadata().accounts().find(account).filter(found -> !found.disabled())
                .orElseThrow(() -> new ProblemException(ProblemType.DISABLED,
                        "This account is disabled; ask the operator"));
        Usage.of(stores, now).check(bytes(fresh));
    }

    private void add(Stores stores, Map<ChunkId, ReceivedChunk> fresh, Collection<StoredChunk> raised)
            throws StorageException {
        List<StoredChunk> added = new ArrayList<>(raised);
        if (!fresh.isEmpty()) {
            List<PackPlace> places = append(stores, fresh.values());
            int at = 0;
            for (ReceivedChunk received : fresh.values()) {
                added.add(describe(received, places.get(at++)));
            }
        }
        if (!added.isEmpty()) {
            stores.metadata().chunks().add(account, added);
        }
    }

    private List<PackPlace> append(Stores stores, Collection<ReceivedChunk> fresh) throws StorageException {
        List<EncodedChunk> chunks = fresh.stream().map(ReceivedChunk::chunk).toList();
        data.reserve().checkCommit(stores);
        try (DiskReserve.Claim room = data.reserve().claim(stores, bytes(fresh))) {
            return stores.packs().append(Stores.spaceOf(account), chunks, like(stores, fresh));
        }
    }

    private static long bytes(Collection<ReceivedChunk> chunks) {
        return chunks.stream().mapToLong(received -> received.chunk().data().remaining()).sum();
    }

    /** Finds where the chunks lie that others were told by; of several the longest. */
    private Map<ChunkId, PackPlace> like(Stores stores, Collection<ReceivedChunk> fresh) throws StorageException {
        Set<ChunkId> bases = new HashSet<>();
        fresh.forEach(received -> bases.addAll(received.like()));
        if (bases.isEmpty()) {
            return Map.of();
        }
        Map<ChunkId, StoredChunk> found = stores.metadata().chunks().find(account, bases);
        Map<ChunkId, PackPlace> like = new HashMap<>();
        for (ReceivedChunk received : fresh) {
            received.like().stream().map(found::get).filter(Objects::nonNull)
                    .max(Comparator.comparing(StoredChunk::rawLength))
                    .ifPresent(base -> like.put(received.chunk().id(), base.place()));
        }
        return like;
    }

    private static StoredChunk describe(ReceivedChunk received, PackPlace place) {
        EncodedChunk chunk = received.chunk();
        return new StoredChunk(chunk.id(), place, chunk.rawLength(), received.level(), received.contentLength());
    }

    private static StoredChunk higher(StoredChunk one, StoredChunk other) {
        return one.level() >= other.level() ? one : other;
    }
}
