package org.tidebox.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.journal.CommitRules;
import org.tidebox.server.journal.Committer;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.journal.NoRoomException;
import org.tidebox.server.journal.Usage;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.server.limits.FairTasks;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.server.upkeep.Damage;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Footprint;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.PushedChanges;

/** What devices send and fetch. Nobody learns here of a chunk that his own account has not stored. Thread-safe. */
public final class Transfers implements AutoCloseable {
    /** So many chunks are looked up at once. */
    private static final int LOOK_UP = 1_000;
    /** What the look-up of a chunk takes: its id and its place, in a few maps and lists. */
    private static final int PER_LOOK_UP = 512;
    /** The buffers of whoever sends or receives frames. */
    private static final int BUFFERS = 256 << 10;
    /** So much heap has each of those threads that verify chunks and make patches: four bases and what comes of them. */
    private static final long PER_WORKER = 40 << 20;

    private final ServerData data;
    private final Budget budget;
    private final Sessions sessions;
    private final FairTasks workers = new FairTasks(workers(),
            task -> Thread.ofPlatform().daemon().name("tidebox-verify").unstarted(task));
    private final Ingest ingest;
    private final ServedChunks served;
    private final Patches patches;
    private final EventHub events;
    private final InstantSource clock;

    /** Works on the given data, within the budget; devices are told of commits, and damage is reported. */
    public Transfers(ServerData data, Budget budget, Sessions sessions, EventHub events, Damage damage,
            InstantSource clock) {
        this.data = data;
        this.budget = budget;
        this.sessions = sessions;
        ChunkReader reader = new ChunkReader(data);
        this.served = new ServedChunks(data, reader, damage);
        this.patches = new Patches(data, reader, workers);
        this.ingest = new Ingest(data, patches, budget, workers);
        this.events = events;
        this.clock = clock;
    }

    private static int workers() {
        Runtime runtime = Runtime.getRuntime();
        return (int) Math.clamp(runtime.maxMemory() / PER_WORKER, 1, runtime.availableProcessors());
    }

    /** Returns those chunks that the account has not stored, in the order asked for. */
    public ChunkIds missing(Session session, LibraryId library, ChunkIds asked) throws ProblemException,
            StorageException {
        checkCount(asked.ids().size(), Limits.MAX_IDS);
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, library);
            Set<ChunkId> missing = stores.get().metadata().chunks().missing(session.account().id(), asked.ids());
            return new ChunkIds(asked.ids().stream().filter(missing::contains).distinct().toList());
        }
    }

    /**
     * Takes in frames of chunks, and applies the commit that may follow them; when this returns, all is durable.
     *
     * @throws ProblemException if the frames are not what they should be; chunks that came before that may stay
     */
    public Uploaded upload(Session session, LibraryId library, InputStream frames)
            throws IOException, ProblemException, StorageException {
        checkLibrary(session, library);
        try (Budget.Claim claim = budget.claim(Payer.of(session), BUFFERS)) {
            Ingest.Taken taken = ingest.take(session.account().id(), frames,
                    () -> sessions.recheck(session), claim);
            if (taken.commit() != null) {
                claim.add(Footprint.ofMet(taken.commit().changes().size()));
            }
            return new Uploaded(taken.stored(),
                    taken.commit() == null ? null : commit(session, library, taken.commit(), taken.small()));
        }
    }

    /** Applies a commit that came without chunks, and tells the account's devices. */
    CommitResult commit(Session session, LibraryId library, Commit commit) throws ProblemException, StorageException {
        return commit(session, library, commit, List.of());
    }

    private CommitResult commit(Session session, LibraryId library, Commit commit, List<EncodedChunk> chunks)
            throws ProblemException, StorageException {
        CommitRules.check(commit);
        sessions.recheck(session);
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.checkSeen(stores, library, commit.seen());
            data.reserve().checkCommit(stores.get());
            Usage usage = usage(stores.get(), session.account());
            // It may have waited for others here, and been cut off meanwhile; asking the database again would hold them up.
            Committer.Applied applied = stores.get().metadata().journal().transact(library,
                    transaction -> sessions.isCutOff(session)
                            ? null
                            : Committer.apply(transaction, commit, usage, session.deviceId(),
                                    clock.instant()));
            if (applied == null) {
                throw new ProblemException(ProblemType.NOT_LOGGED_IN, "This device was cut off; log in or join again");
            }
            CommitResult result = applied.result();
            PushedChanges pushed = PushedChanges.of(commit.id(), applied.versions(), result.mark(), chunks)
                    .orElse(null);
            events.publish(session, new LibraryEvent(library, result.head(), false, pushed));
            return result;
        } catch (NoRoomException e) {
            throw e.getProblem();
        }
    }

    /** Whoever has no quota does not wait for what else writes about the account. */
    private static Usage usage(Stores stores, Account account) throws StorageException {
        return Usage.of(stores, account.quota() == 0
                ? account
                : stores.metadata().accounts().find(account.id()).orElse(account));
    }

    /**
     * Hands over chunks in the order asked for, one at a time.
     *
     * @throws ProblemException if one of them is not there; those before it have been handed over
     */
    public void fetch(Session session, LibraryId library, ChunkIds asked, ChunkReceiver receiver)
            throws IOException, ProblemException, StorageException {
        checkCount(asked.ids().size(), Limits.MAX_IDS);
        checkLibrary(session, library);
        List<ChunkId> ids = asked.ids();
        try (Budget.Claim claim = budget.claim(Payer.of(session), BUFFERS)) {
            for (int from = 0; from < ids.size(); from += LOOK_UP) {
                fetchSome(session, ids.subList(from, Math.min(from + LOOK_UP, ids.size())), receiver, claim);
            }
        }
    }

    /** Hands over the block signatures of those chunks that the account has stored, in the order asked for. */
    public void signatures(Session session, LibraryId library, ChunkIds asked, SignatureReceiver receiver)
            throws IOException, ProblemException, StorageException {
        checkCount(asked.ids().size(), Limits.MAX_SIGNATURES);
        checkLibrary(session, library);
        try (Budget.Claim claim = budget.claim(Payer.of(session), footprint(asked.ids().size(), List.of()))) {
            patches.signatures(session.account().id(), asked.ids(), () -> sessions.recheck(session),
                    receiver);
        }
    }

    /**
     * Hands over chunks like {@link #fetch}, but as patches of what the device has where that is shorter.
     *
     * @throws ProblemException if one of them is not there; those before it have been handed over
     */
    public void fetchPatches(Session session, LibraryId library, ChunkWishes asked, PatchReceiver receiver)
            throws IOException, ProblemException, StorageException {
        List<ChunkWish> wishes = asked.wishes();
        checkCount(wishes.size(), Limits.MAX_IDS);
        checkCount(wishes.stream().mapToInt(wish -> wish.bases().size()).max().orElse(0), ChunkPatch.MAX_BASES);
        checkLibrary(session, library);
        try (Budget.Claim claim = budget.claim(Payer.of(session), BUFFERS)) {
            for (int from = 0; from < wishes.size(); from += LOOK_UP) {
                List<ChunkWish> some = wishes.subList(from, Math.min(from + LOOK_UP, wishes.size()));
                patches.fetch(session.account().id(), some, (id, stored) -> {
                    sessions.recheck(session);
                    return served.read(session.account(), id, stored);
                }, receiver, claim);
            }
        }
    }

    /** Returns what it takes to look up so many chunks, and to send what was found, one at a time. */
    static long footprint(int ids, Collection<StoredChunk> found) {
        int longest = found.stream().mapToInt(StoredChunk::rawLength).max().orElse(0);
        // As it is stored, as it was, and as it travels.
        return BUFFERS + (long) PER_LOOK_UP * ids + 3L * longest;
    }

    /** Takes in chunks that are made here and not sent. */
    Ingest ingest() {
        return ingest;
    }

    /** Returns the chunks as they are served. */
    ServedChunks served() {
        return served;
    }

    @Override
    public void close() {
        ingest.close();
        workers.close();
    }

    private void checkLibrary(Session session, LibraryId library) throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, library);
        }
    }

    private void fetchSome(Session session, List<ChunkId> ids, ChunkReceiver receiver, Budget.Claim claim)
            throws IOException, ProblemException, StorageException {
        long account = session.account().id();
        Map<ChunkId, StoredChunk> found;
        claim.atLeast(footprint(ids.size(), List.of()));
        try (Lease<Stores> stores = data.acquire()) {
            found = stores.get().metadata().chunks().find(account, new LinkedHashSet<>(ids));
        }
        claim.atLeast(footprint(ids.size(), found.values()));
        for (ChunkId id : ids) {
            sessions.recheck(session);
            StoredChunk stored = found.get(id);
            EncodedChunk chunk = served.read(session.account(), id, stored);
            receiver.chunk(chunk, stored.level());
        }
    }

    private static void checkCount(int count, int most) throws ProblemException {
        if (count > most) {
            throw new ProblemException(ProblemType.TOO_LARGE,
                    "A request of this kind names at most " + most + " chunks, got " + count
                            + "; send several requests");
        }
    }

    /** Takes chunks one by one. */
    @ConsumerType
    @FunctionalInterface
    public interface ChunkReceiver {
        /** Takes the next chunk, with the level that it was sent at. */
        void chunk(EncodedChunk chunk, int level) throws IOException;
    }

    /** Takes chunks and patches one by one. */
    @ConsumerType
    public interface PatchReceiver extends ChunkReceiver {
        /** Takes the next chunk as a patch, with the level that it was sent at. */
        void patch(ChunkPatch patch, int level) throws IOException;
    }

    /** Takes signatures one by one. */
    @ConsumerType
    @FunctionalInterface
    public interface SignatureReceiver {
        /** Takes the next one. */
        void signature(ChunkId id, BlockSignature signature) throws IOException;
    }
}
