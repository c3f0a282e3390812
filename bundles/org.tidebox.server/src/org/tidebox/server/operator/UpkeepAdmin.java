package org.tidebox.server.operator;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.CheckResult;
import org.tidebox.server.admin.FindingInfo;
import org.tidebox.server.admin.GcResult;
import org.tidebox.server.admin.RetentionInfo;
import org.tidebox.server.admin.ScrubResult;
import org.tidebox.server.upkeep.CheckReport;
import org.tidebox.server.upkeep.Finding;
import org.tidebox.server.upkeep.GcReport;
import org.tidebox.server.upkeep.ScrubReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.Retention;
import org.tidebox.tree.LibraryId;

/** The operator commands that look after the data, in the words of the contract. Thread-safe. */
final class UpkeepAdmin {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");
    private static final int MAX_LEASE_HOURS = 24 * 3650;
    private final TideboxServer server;
    private final AccountLibraries libraries;
    private final Upkeep upkeep;

    UpkeepAdmin(TideboxServer server) {
        this.server = server;
        this.libraries = new AccountLibraries(server.data());
        this.upkeep = new Upkeep(server.data(), server.clock());
    }

    RetentionInfo retention(String account, String library) throws AdminException {
        Retention found = run(() -> upkeep.retention(find(account, library)));
        return new RetentionInfo(account, library, found.keepLast(), found.hourly(), found.daily(), found.weekly(),
                found.monthly(), found.yearly(), found.trashDays());
    }

    void setRetention(RetentionInfo wanted) throws AdminException {
        Retention retention;
        try {
            retention = new Retention(wanted.keepLast(), wanted.hourly(), wanted.daily(), wanted.weekly(),
                    wanted.monthly(), wanted.yearly(), wanted.trashDays());
        } catch (IllegalArgumentException e) {
            throw new AdminException("The " + e.getMessage());
        }
        run(() -> {
            upkeep.setRetention(find(wanted.account(), wanted.library()), retention);
            return null;
        });
        AUDIT.info("retention of {}/{}: {}", wanted.account(), wanted.library(), retention);
    }

    GcResult gc(int leaseHours) throws AdminException {
        if (leaseHours < 0 || leaseHours > MAX_LEASE_HOURS) {
            throw new AdminException("A lease is 0 to " + MAX_LEASE_HOURS + " hours, got " + leaseHours);
        }
        GcReport done = run(() -> upkeep.gc(Duration.ofHours(leaseHours)));
        AUDIT.info("garbage collected: {}", done);
        return new GcResult(done.versions(), done.nodes(), done.chunks(), done.bytes(), done.waitingChunks(),
                done.waitingBytes(), done.packsDeleted(), done.packsWritten(), done.diskBytes(), done.problems());
    }

    ScrubResult scrub() throws AdminException {
        ScrubReport found = run(() -> asking(upkeep.scrub()));
        return new ScrubResult(found.chunks(), found.bytes(), found.damaged(), found.count(), infos(found.findings()));
    }

    CheckResult check(boolean rebuild) throws AdminException {
        CheckReport found = run(() -> asking(upkeep.check(rebuild)));
        if (rebuild) {
            AUDIT.info("chunk index rebuilt: {} entries", found.rebuilt());
        }
        return new CheckResult(found.libraries(), found.nodes(), found.versions(), found.chunks(), found.packs(),
                found.rebuilt(), found.count(), infos(found.findings()));
    }

    /** Lets devices know what they are asked for, now that it was looked for. */
    private <R> R asking(R report) throws StorageException {
        server.damage().askAll();
        return report;
    }

    private LibraryId find(String account, String library) throws AdminException, StorageException {
        return libraries.find(account, library).library().id();
    }

    private static List<FindingInfo> infos(List<Finding> findings) {
        return findings.stream().map(found -> new FindingInfo(found.account(), found.library(), found.path(),
                found.problem())).toList();
    }

    private static <R> R run(Work<R> work) throws AdminException {
        try {
            return work.run();
        } catch (StorageException | NoProviderException e) {
            throw new AdminException(e.getMessage());
        }
    }

    /** What an operator asked for. */
    @FunctionalInterface
    private interface Work<R> {
        R run() throws StorageException, AdminException;
    }
}
