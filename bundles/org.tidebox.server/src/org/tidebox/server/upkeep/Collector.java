package org.tidebox.server.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.tree.Library;

/** Collects garbage: applies retention, frees what nothing names any more, and gives its room back to the disk. */
final class Collector {
    /** So long a download may take, once somebody else has changed what is fetched. */
    private static final Duration GRACE = Duration.ofHours(1);
    /**
     * So long the answer to a commit is kept for the case that it is sent again. A token lasts as long without being used:
     * who comes later has to log in anew, and reads the journal before it sends.
     */
    private static final Duration ANSWERS_KEPT = Sessions.LIFE;
    private static final int BATCH = 1_000;
    private final Storage storage;
    private final InstantSource clock;
    private final GcTally tally = new GcTally();

    Collector(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /**
     * Runs once over everything.
     *
     * @param lease for so long a chunk that nothing names is kept for uploads in flight, and what is no longer current
     *        for downloads, for an hour at most; if zero, what is found is freed at once
     */
    GcReport run(Duration lease) throws StorageException {
        for (Account account : storage.accounts()) {
            for (Library library : storage.libraries(account.id())) {
                forgetAnswers(library);
                new Thinner(storage, library.id(), tally).thin(clock.instant(),
                        lease.compareTo(GRACE) < 0 ? lease : GRACE);
            }
            if (lease.isZero()) {
                // Only what was noted by an earlier sweep is freed.
                sweep(account, lease);
            }
            sweep(account, lease);
            new Compactor(storage, account.id(), tally).compact();
        }
        return tally.report();
    }

    /** A few at a time: whoever commits meanwhile waits for none of it for long. */
    private void forgetAnswers(Library library) throws StorageException {
        Instant before = clock.instant().minus(ANSWERS_KEPT);
        int forgotten;
        do {
            forgotten = storage.journal(journal -> journal.forgetAnswers(library.id(), before, BATCH));
        } while (forgotten == BATCH);
    }

    private void sweep(Account account, Duration lease) throws StorageException {
        tally.waitingChunks = lease.isZero() ? 0 : tally.waitingChunks;
        tally.waitingBytes = lease.isZero() ? 0 : tally.waitingBytes;
        // Whoever claimed chunks before they were noted as unused has entered in the index what names them.
        storage.data().appends().awaitEntered();
        Instant now = clock.instant();
        Marker marker = new Marker(storage, account.id());
        try {
            Marks marks = marker.mark(now.minus(lease));
            new Sweeper(storage, account.id(), marker, tally).sweep(marks, now);
        } catch (StorageException e) {
            if (!e.isPermanent()) {
                throw e;
            }
            tally.problems
                    .add("Contents of account '" + account.name() + "' were not freed, because a list of what must"
                            + " stay cannot be read; run 'tidebox server scrub'. (" + e.getMessage() + ")");
        }
    }
}
