package org.tidebox.server.upkeep;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.packs.PackInfo;

/**
 * Makes the chunk index anew from the packs, which describe themselves: adds what is missing, corrects places that hold
 * something else, and notes as damaged what is in no pack, so that a device that has it sends it again. What lists of
 * entries stand for is found out from the versions; what no version names counts as unused.
 */
final class Rebuilder {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final InstantSource clock;
    private long rebuilt;

    Rebuilder(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.clock = clock;
    }

    /** Returns how many entries were added, corrected or noted as damaged. */
    long run() throws StorageException {
        List<Account> accounts = storage.accounts();
        if (!isReadable(accounts)) {
            storage.chunks(chunks -> {
                chunks.recreate();
                return null;
            });
        }
        for (Account account : accounts) {
            rebuild(account.id());
        }
        return rebuilt;
    }

    private boolean isReadable(List<Account> accounts) {
        try {
            for (Account account : accounts) {
                pages.chunks(account.id(), page -> {
                });
            }
            return true;
        } catch (StorageException e) {
            LOG.warn("The chunk index cannot be read and is made anew: {}", e.getMessage());
            return false;
        }
    }

    private void rebuild(long account) throws StorageException {
        // What is appended and not yet in the index belongs to an upload that will enter it.
        storage.data().appends().awaitEntered();
        String space = Stores.spaceOf(account);
        for (PackInfo pack : storage.use(stores -> stores.packs().list(space))) {
            PackIndexer indexer = new PackIndexer(storage, account, clock.instant());
            storage.use(stores -> {
                stores.packs().scan(space, pack.name(), indexer);
                return null;
            });
            indexer.flush();
            rebuilt += indexer.count();
        }
        noteLost(account);
        new Levels(storage, account).restore();
        storage.chunks(chunks -> {
            chunks.recount(account);
            return null;
        });
    }

    private void noteLost(long account) throws StorageException {
        pages.chunks(account, page -> {
            List<StoredChunk> lost = new ArrayList<>();
            List<StoredChunk> whole = new ArrayList<>();
            for (IndexedChunk row : page) {
                if (isLost(account, row)) {
                    lost.add(row.chunk());
                } else if (row.damagedSince() != null) {
                    whole.add(row.chunk());
                }
            }
            storage.damage(damage -> {
                rebuilt += damage.mark(account, lost, clock.instant());
                damage.clear(account, whole);
                return null;
            });
        });
    }

    /** Only what cannot be read for good; a disk that fails now may work again later. */
    private boolean isLost(long account, IndexedChunk row) {
        try {
            reader.readRaw(account, row.chunk());
            return false;
        } catch (StorageException e) {
            LOG.warn("Chunk {} is lost: {}", row.chunk().id(), e.getMessage());
            return e.isPermanent();
        }
    }
}
