package org.tidebox.server.upkeep;

import java.util.List;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.ChunkUpkeep;
import org.tidebox.storage.chunks.DamageRecord;
import org.tidebox.storage.journal.JournalUpkeep;
import org.tidebox.tree.Library;

/**
 * The stores, leased for one short piece of work at a time, so that looking after them holds up no exchange. Work
 * within work uses the same lease: a new one would wait for an exchange that waits for the first.
 */
record Storage(ServerData data) {
    private static final ThreadLocal<Stores> LEASED = new ThreadLocal<>();

    /** Work on something stored. */
    @FunctionalInterface
    interface Work<S, R> {
        R on(S stored) throws StorageException;
    }

    <R> R use(Work<Stores, R> work) throws StorageException {
        if (LEASED.get() != null) {
            return work.on(LEASED.get());
        }
        try (Lease<Stores> stores = data.acquire()) {
            LEASED.set(stores.get());
            return work.on(stores.get());
        } finally {
            LEASED.remove();
        }
    }

    <R> R chunks(Work<ChunkUpkeep, R> work) throws StorageException {
        return use(stores -> work.on(stores.metadata().chunkUpkeep()));
    }

    <R> R damage(Work<DamageRecord, R> work) throws StorageException {
        return use(stores -> work.on(stores.metadata().damage()));
    }

    <R> R journal(Work<JournalUpkeep, R> work) throws StorageException {
        return use(stores -> work.on(stores.metadata().journalUpkeep()));
    }

    List<Account> accounts() throws StorageException {
        return use(stores -> stores.metadata().accounts().list());
    }

    List<Library> libraries(long account) throws StorageException {
        return use(stores -> stores.metadata().journal().list(account));
    }
}
