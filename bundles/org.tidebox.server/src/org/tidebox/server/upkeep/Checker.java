package org.tidebox.server.upkeep;

import java.time.InstantSource;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.tree.Library;

/** Checks everything that can be checked without reading all content. */
final class Checker {
    private final Storage storage;
    private final InstantSource clock;
    private final Findings findings = new Findings();
    private long libraries;
    private long nodes;
    private long versions;
    private long chunks;
    private long packs;

    Checker(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Checks; {@code rebuilt} says how many entries of the index were made anew before. */
    CheckReport run(long rebuilt) throws StorageException {
        for (Account account : storage.accounts()) {
            for (Library library : storage.libraries(account.id())) {
                libraries++;
                nodes += new JournalCheck(storage, account, library).run(findings);
            }
            if (isIndexReadable(account)) {
                ContentCheck contents = new ContentCheck(storage, account, findings);
                contents.run(clock.instant());
                versions += contents.versions();
                chunks += contents.chunks();
                packs += contents.packs();
            }
        }
        return new CheckReport(libraries, nodes, versions, chunks, packs, rebuilt, findings.count(), findings.kept());
    }

    private boolean isIndexReadable(Account account) {
        try {
            storage.chunks(index -> index.sum(account.id()));
            return true;
        } catch (StorageException e) {
            findings.add(new Finding(account.name(), null, null, "the chunk index cannot be read; 'tidebox server check"
                    + " --rebuild' makes it anew from the packs. (" + e.getMessage() + ")"));
            return false;
        }
    }
}
