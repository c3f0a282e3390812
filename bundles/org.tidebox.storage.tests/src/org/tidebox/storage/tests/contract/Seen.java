package org.tidebox.storage.tests.contract;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.packs.PackVisitor;

/** What a scan of all packs of a space saw. */
public final class Seen implements PackVisitor {
    public final List<PackPlace> places = new ArrayList<>();
    public final List<EncodedChunk> chunks = new ArrayList<>();
    public final List<Long> damagedAt = new ArrayList<>();
    public final List<String> reasons = new ArrayList<>();

    public static Seen in(PackStore store, String space) throws StorageException {
        Seen seen = new Seen();
        for (PackInfo pack : store.list(space)) {
            store.scan(space, pack.name(), seen);
        }
        return seen;
    }

    @Override
    public void chunk(PackPlace place, EncodedChunk chunk) {
        places.add(place);
        chunks.add(chunk);
    }

    @Override
    public void damaged(long offset, String reason) {
        damagedAt.add(offset);
        reasons.add(reason);
    }
}
