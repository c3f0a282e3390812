package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.server.Stores;
import org.tidebox.storage.IndexedChunk;
import org.tidebox.storage.PackInfo;
import org.tidebox.storage.PackPlace;
import org.tidebox.storage.PackUse;
import org.tidebox.storage.StorageException;

/**
 * Gives the room of freed chunks back to the disk: packs without live chunks are deleted, packs that are mostly dead
 * have their live chunks copied first. In this order for each pack: copies durable, index changed, pack deleted. A crash
 * between any two leaves bytes that nothing names, which the next run finds; a reader who still knows the old place
 * looks into the index again.
 */
final class Compactor {
    private final Storage storage;
    private final long account;
    private final String space;
    private final GcTally tally;

    Compactor(Storage storage, long account, GcTally tally) {
        this.storage = storage;
        this.account = account;
        this.space = Stores.spaceOf(account);
        this.tally = tally;
    }

    void compact() throws StorageException {
        List<PackInfo> packs = storage.use(stores -> stores.packs().list(space));
        if (packs.isEmpty()) {
            return;
        }
        // Whatever was appended to a full pack is in the index now, or never will be.
        storage.data().appends().awaitEntered();
        Map<String, Long> live = new HashMap<>();
        for (PackUse use : storage.chunks(chunks -> chunks.packs(account))) {
            live.put(use.pack(), use.bytes());
        }
        List<PackInfo> dead = new ArrayList<>();
        List<PackInfo> wasteful = new ArrayList<>();
        for (PackInfo pack : packs.subList(0, packs.size() - (isGrowing(packs.getLast(), live) ? 1 : 0))) {
            long bytes = live.getOrDefault(pack.name(), 0L);
            if (bytes == 0) {
                dead.add(pack);
            } else if (isWasteful(pack, bytes)) {
                wasteful.add(pack);
            }
        }
        // The dead ones first: copies need room.
        for (PackInfo pack : dead) {
            delete(pack);
        }
        for (PackInfo pack : wasteful) {
            rewrite(pack);
        }
    }

    /** Returns whether the newest pack stays in use; if it is wasteful, a new one is begun in its place. */
    private boolean isGrowing(PackInfo newest, Map<String, Long> live) throws StorageException {
        if (!isWasteful(newest, live.getOrDefault(newest.name(), 0L))) {
            return true;
        }
        storage.use(stores -> {
            stores.packs().seal(space);
            return null;
        });
        storage.data().appends().awaitEntered();
        // What came into it after it was listed is live as well.
        for (PackUse use : storage.chunks(chunks -> chunks.packs(account))) {
            live.put(use.pack(), use.bytes());
        }
        return false;
    }

    private static boolean isWasteful(PackInfo pack, long live) {
        return pack.length() - live > pack.length() / 2;
    }

    private void rewrite(PackInfo pack) throws StorageException {
        PackCopy copy = new PackCopy(storage, account);
        storage.use(stores -> {
            stores.packs().scan(space, pack.name(), copy);
            return null;
        });
        copy.flush();
        tally.diskBytes -= copy.bytes();
        if (isEmpty(pack)) {
            delete(pack);
            tally.packsWritten++;
        } else {
            tally.problems.add("Pack " + pack.name() + " of account number " + account
                    + " holds damaged chunks and stays; 'tidebox server scrub' says what they belong to");
        }
    }

    private boolean isEmpty(PackInfo pack) throws StorageException {
        PackPlace front = new PackPlace(pack.name(), -1, 0);
        List<IndexedChunk> next = storage.chunks(chunks -> chunks.page(account, front, 1));
        return next.isEmpty() || !next.getFirst().chunk().place().pack().equals(pack.name());
    }

    private void delete(PackInfo pack) throws StorageException {
        storage.use(stores -> {
            stores.packs().delete(space, pack.name());
            return null;
        });
        tally.packsDeleted++;
        tally.diskBytes += pack.length();
    }
}
