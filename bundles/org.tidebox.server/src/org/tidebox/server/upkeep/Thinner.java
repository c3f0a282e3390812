package org.tidebox.server.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.tree.LibraryId;

/** Applies a library's retention: removes old versions, and purges what was deleted long ago. */
final class Thinner {
    private static final int BATCH = 1_000;
    private final Storage storage;
    private final LibraryId library;
    private final GcTally tally;
    private final List<VersionStamp> node = new ArrayList<>();
    private final List<Long> obsolete = new ArrayList<>();
    private final List<Long> purged = new ArrayList<>();

    Thinner(Storage storage, LibraryId library, GcTally tally) {
        this.storage = storage;
        this.library = library;
        this.tally = tally;
    }

    void thin(Instant now, Duration grace) throws StorageException {
        Retention retention = storage.journal(journal -> journal.retention(library));
        RetentionRules rules = new RetentionRules(retention, now, grace);
        new Pages(storage).stamps(library, page -> {
            for (VersionStamp stamp : page) {
                if (!node.isEmpty() && !node.getLast().node().equals(stamp.node())) {
                    judge(rules);
                }
                node.add(stamp);
            }
        });
        judge(rules);
        apply();
    }

    private void judge(RetentionRules rules) throws StorageException {
        if (!node.isEmpty()) {
            obsolete.addAll(rules.obsolete(node));
            VersionStamp current = node.getLast();
            if (rules.isPurged(current) && !current.purged()) {
                purged.add(current.sequence());
            }
            node.clear();
        }
        if (obsolete.size() + purged.size() >= BATCH) {
            apply();
        }
    }

    /** What came since only adds newer versions, so what was obsolete still is. */
    private void apply() throws StorageException {
        storage.journal(journal -> {
            if (!obsolete.isEmpty()) {
                tally.versions += journal.thin(library, obsolete);
            }
            if (!purged.isEmpty()) {
                tally.nodes += journal.purge(library, purged);
            }
            return null;
        });
        obsolete.clear();
        purged.clear();
    }
}
