package org.tidebox.server.upkeep;

import java.util.List;
import org.tidebox.feature.Lease;
import org.tidebox.server.ServerData;
import org.tidebox.server.Stores;
import org.tidebox.storage.Account;
import org.tidebox.storage.ChunkUpkeep;
import org.tidebox.storage.DamageRecord;
import org.tidebox.storage.JournalUpkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Library;

/** The stores, leased for one short piece of work at a time, so that looking after them holds up no exchange. */
record Storage(ServerData data) {
    /** Work on something stored. */
    @FunctionalInterface
    interface Work<S, R> {
        R on(S stored) throws StorageException;
    }

    <R> R use(Work<Stores, R> work) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return work.on(stores.get());
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
