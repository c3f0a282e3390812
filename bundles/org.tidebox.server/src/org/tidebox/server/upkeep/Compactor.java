package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.PackUse;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;

/**
 * Gives the room of freed chunks back to the disk: packs without live chunks are deleted, packs that are mostly dead
 * have their live chunks copied first. Small packs that will not grow any more are copied together. In this order for
 * each pack: copies durable, index changed, pack deleted. A crash between any two leaves bytes that nothing names,
 * which the next run finds; a reader who still knows the old place looks into the index again.
 */
final class Compactor {
    /** A pack with less is small: one of these costs a store as much to keep and to find as a full one. */
    private static final long SMALL = 8 << 20;
    /** So many small packs are worth the copying. */
    private static final int MANY = 8;
    private static final long GROUP = 64L << 20;
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
        Map<String, Long> live = live();
        boolean grows = !isWasteful(packs.getLast(), live);
        if (!grows) {
            seal();
            // What came into it after it was listed is live as well.
            live = live();
        }
        List<PackInfo> sealed = packs.subList(0, packs.size() - (grows ? 1 : 0));
        // The dead ones first: copies need room.
        for (PackInfo pack : sealed) {
            if (bytes(pack, live) == 0) {
                delete(pack);
            }
        }
        for (List<PackInfo> group : groups(worthCopying(sealed, live), live)) {
            if (hasRoomFor(group, live)) {
                rewrite(group);
            } else {
                tally.problems.add(group.size() + " packs of account number " + account + " could not be copied"
                        + " together, because the disk is full; make room there, then run this again");
            }
        }
    }

    private boolean hasRoomFor(List<PackInfo> packs, Map<String, Long> live) throws StorageException {
        long bytes = packs.stream().mapToLong(pack -> bytes(pack, live)).sum();
        return storage.use(stores -> storage.data().reserve().hasRoomForCopies(stores, bytes));
    }

    private Map<String, Long> live() throws StorageException {
        Map<String, Long> live = new HashMap<>();
        for (PackUse use : storage.chunks(chunks -> chunks.packs(account))) {
            live.put(use.pack(), use.bytes());
        }
        return live;
    }

    /** Completes the pack that grows; a new one is begun in its place. */
    private void seal() throws StorageException {
        storage.use(stores -> {
            stores.packs().seal(space);
            return null;
        });
        storage.data().appends().awaitEntered();
    }

    private static List<PackInfo> worthCopying(List<PackInfo> sealed, Map<String, Long> live) {
        List<PackInfo> alive = sealed.stream().filter(pack -> bytes(pack, live) > 0).toList();
        boolean merge = alive.stream().filter(pack -> isSmall(pack, live)).count() >= MANY;
        return alive.stream().filter(pack -> isWasteful(pack, live) || merge && isSmall(pack, live)).toList();
    }

    /** Copies need room before the originals go, so only about a pack's worth is copied at a time. */
    private static List<List<PackInfo>> groups(List<PackInfo> packs, Map<String, Long> live) {
        List<List<PackInfo>> groups = new ArrayList<>();
        long room = 0;
        for (PackInfo pack : packs) {
            room -= bytes(pack, live);
            if (room < 0) {
                groups.add(new ArrayList<>());
                room = GROUP - bytes(pack, live);
            }
            groups.getLast().add(pack);
        }
        return groups;
    }

    private static long bytes(PackInfo pack, Map<String, Long> live) {
        return live.getOrDefault(pack.name(), 0L);
    }

    private static boolean isWasteful(PackInfo pack, Map<String, Long> live) {
        return pack.length() - bytes(pack, live) > pack.length() / 2;
    }

    private static boolean isSmall(PackInfo pack, Map<String, Long> live) {
        return bytes(pack, live) < SMALL;
    }

    private void rewrite(List<PackInfo> packs) throws StorageException {
        PackCopy copy = new PackCopy(storage, account);
        for (PackInfo pack : packs) {
            storage.use(stores -> {
                stores.packs().scan(space, pack.name(), copy);
                return null;
            });
        }
        copy.flush();
        tally.diskBytes -= copy.bytes();
        for (PackInfo pack : packs) {
            if (isEmpty(pack)) {
                delete(pack);
                tally.packsWritten++;
            } else {
                tally.problems.add("Pack " + pack.name() + " of account number " + account
                        + " holds damaged chunks and stays; 'tidebox server scrub' says what they belong to");
            }
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
