package org.tidebox.server.upkeep;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;

/**
 * Reads every chunk again, in the order in which they lie on the disk, and compares its hash with its id. What is
 * damaged is noted, so that devices send it again; what was noted and can be read after all is taken back.
 */
final class Scrubber {
    private final Storage storage;
    private final InstantSource clock;
    private final ChunkReader reader;
    private final Findings findings = new Findings();
    private long chunks;
    private long bytes;
    private long damaged;

    Scrubber(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
        this.reader = new ChunkReader(storage.data());
    }

    ScrubReport run() throws StorageException {
        for (Account account : storage.accounts()) {
            BrokenChunks broken = new BrokenChunks();
            new Pages(storage).chunks(account.id(), page -> verify(account, page, broken));
            damaged += broken.count();
            new Affected(storage, account).report(broken, findings, clock.instant());
        }
        return new ScrubReport(chunks, bytes, damaged, findings.count(), findings.kept());
    }

    private void verify(Account account, List<IndexedChunk> page, BrokenChunks broken) throws StorageException {
        List<StoredChunk> whole = new ArrayList<>();
        for (IndexedChunk row : page) {
            if (isWhole(account, row.chunk(), broken) && row.damagedSince() != null) {
                whole.add(row.chunk());
            }
        }
        if (!whole.isEmpty()) {
            storage.damage(damage -> {
                damage.clear(account.id(), whole);
                return null;
            });
        }
    }

    private boolean isWhole(Account account, StoredChunk chunk, BrokenChunks broken) {
        chunks++;
        bytes += chunk.place().length();
        try {
            // One that was freed meanwhile is nobody's any more.
            return reader.readRaw(account.id(), chunk).isPresent();
        } catch (StorageException e) {
            broken.add(chunk, e);
            return false;
        }
    }
}
