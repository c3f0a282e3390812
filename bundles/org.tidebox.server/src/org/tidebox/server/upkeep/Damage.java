package org.tidebox.server.upkeep;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.events.EventHub;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * What is done about stored bytes that turn out not to be what was stored: they count as missing from then on, the
 * operator is told once, and devices are asked for the contents that need them. Thread-safe.
 */
public final class Damage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);
    private static final int PATHS_LOGGED = 10;
    /** Beyond this a search may be done twice. */
    private static final int REMEMBERED = 10_000;

    private final ServerData data;
    private final EventHub events;
    private final InstantSource clock;
    private final Map<Account, Map<StoredChunk, String>> waiting = new HashMap<>();
    private final Set<StoredChunk> searched = new HashSet<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("tidebox-damage").unstarted(task));

    /** Marks damage in the given data, and asks devices for what is lost. */
    public Damage(ServerData data, EventHub events, InstantSource clock) {
        this.data = data;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes note of a chunk that was met damaged.
     *
     * @return what to tell the device
     */
    public ProblemException met(Account account, StoredChunk chunk, String why) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            int fresh = stores.get().metadata().damage().mark(account.id(), List.of(chunk), clock.instant());
            if (fresh > 0) {
                LOG.error("Chunk {} of account '{}' is damaged and no longer served; devices that still have it are"
                        + " asked for it. 'tidebox server scrub' looks for more. ({})", chunk.id(), account.name(),
                        why);
            }
            search(account, chunk, why, fresh > 0);
        }
        return new ProblemException(ProblemType.NOT_FOUND, "The server's copy of chunk " + chunk.id()
                + " is damaged; the file comes as soon as a device that still has it has sent it again");
    }

    /** Returns the files whose present content the server lacks chunks of, by library. */
    public Map<LibraryId, List<NodeId>> wanted(Account account) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().damage().wanted(account.id());
        }
    }

    /** Asks the devices of an account for what is wanted of them. */
    void ask(Account account) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            MetadataStore metadata = stores.get().metadata();
            Set<LibraryId> wanted = metadata.damage().wanted(account.id()).keySet();
            for (Library library : metadata.journal().list(account.id())) {
                if (wanted.contains(library.id())) {
                    events.publish(account, new LibraryEvent(library.id(), library.head(), true));
                }
            }
        }
    }

    /** Asks the devices of all accounts. */
    public void askAll() throws StorageException {
        List<Account> accounts;
        try (Lease<Stores> stores = data.acquire()) {
            accounts = stores.get().metadata().accounts().list();
        }
        for (Account account : accounts) {
            ask(account);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    /** Many chunks that are met at once are searched for together. */
    private synchronized void search(Account account, StoredChunk chunk, String why, boolean isNew) {
        if (searched.size() >= REMEMBERED) {
            searched.clear();
        }
        if ((searched.add(chunk) || isNew) && !worker.isShutdown()) {
            waiting.computeIfAbsent(account, key -> new HashMap<>()).put(chunk, why);
            worker.execute(() -> search(account));
        }
    }

    private void search(Account account) {
        Map<StoredChunk, String> chunks;
        synchronized (this) {
            chunks = waiting.remove(account);
        }
        if (chunks == null) {
            return;
        }
        try {
            List<Finding> found = new DamageSearch(data).run(account, chunks, clock.instant())
                    .stream().filter(finding -> finding.path() != null).toList();
            found.stream().limit(PATHS_LOGGED).forEach(finding -> LOG.error("Damaged: account '{}', library '{}', {}:"
                    + " {}", finding.account(), finding.library(), finding.path(), finding.problem()));
            if (found.size() > PATHS_LOGGED) {
                LOG.error("and {} more; 'tidebox server scrub' lists them", found.size() - PATHS_LOGGED);
            }
            ask(account);
        } catch (StorageException | RuntimeException e) {
            synchronized (this) {
                searched.removeAll(chunks.keySet());
            }
            LOG.warn("Cannot find out now what is damaged; run 'tidebox server scrub': {}", e.getMessage());
        }
    }
}
