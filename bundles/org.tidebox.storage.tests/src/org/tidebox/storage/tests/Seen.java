package org.tidebox.storage.tests;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.PackInfo;
import org.tidebox.storage.PackPlace;
import org.tidebox.storage.PackStore;
import org.tidebox.storage.PackVisitor;
import org.tidebox.storage.StorageException;

/** What a scan of all packs of a space saw. */
final class Seen implements PackVisitor {
    final List<PackPlace> places = new ArrayList<>();
    final List<EncodedChunk> chunks = new ArrayList<>();
    final List<Long> damagedAt = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();

    static Seen in(PackStore store, String space) throws StorageException {
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
