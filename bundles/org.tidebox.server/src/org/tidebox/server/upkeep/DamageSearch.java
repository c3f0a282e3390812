package org.tidebox.server.upkeep;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tidebox.server.data.ServerData;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.StoredChunk;

/** Finds out what chunks belong to that somebody met damaged, so that devices are asked for them. */
public final class DamageSearch {
    private final Storage storage;

    /** Searches in the given data. */
    public DamageSearch(ServerData data) {
        this.storage = new Storage(data);
    }

    /**
     * Looks through the recipes of all versions of an account once, however many chunks there are.
     *
     * @param chunks with what is wrong
     * @return the chunks and the paths that need them
     */
    public List<Finding> run(Account account, Map<StoredChunk, String> chunks, Instant now) throws StorageException {
        BrokenChunks broken = new BrokenChunks();
        chunks.forEach((chunk, reason) -> broken.add(chunk.id(), reason));
        Findings findings = new Findings();
        new Affected(storage, account).report(broken, findings, now);
        return findings.kept();
    }
}
