package org.tidebox.server.upkeep;

import org.tidebox.server.ChunkReader;
import org.tidebox.storage.Account;
import org.tidebox.storage.IndexedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoredChunk;

/** Reads every chunk again, in the order in which they lie on the disk, and compares its hash with its id. */
final class Scrubber {
    private final Storage storage;
    private final ChunkReader reader;
    private final Findings findings = new Findings();
    private long chunks;
    private long bytes;
    private long damaged;

    Scrubber(Storage storage) {
        this.storage = storage;
        this.reader = new ChunkReader(storage.data());
    }

    ScrubReport run() throws StorageException {
        for (Account account : storage.accounts()) {
            BrokenChunks broken = new BrokenChunks();
            new Pages(storage).chunks(account.id(), page -> {
                for (IndexedChunk row : page) {
                    verify(account, row.chunk(), broken);
                }
            });
            damaged += broken.count();
            new Affected(storage, account).report(broken, findings);
        }
        return new ScrubReport(chunks, bytes, damaged, findings.count(), findings.kept());
    }

    private void verify(Account account, StoredChunk chunk, BrokenChunks broken) {
        chunks++;
        bytes += chunk.place().length();
        try {
            // One that was freed meanwhile is nobody's any more.
            reader.readRaw(account.id(), chunk);
        } catch (StorageException e) {
            broken.add(chunk.id(), e.getMessage());
        }
    }
}
