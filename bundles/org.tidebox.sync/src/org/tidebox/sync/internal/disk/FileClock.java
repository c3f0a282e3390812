package org.tidebox.sync.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.internal.report.Stop;

/**
 * The clock by which a file system gives times, read off a file that is made there, and how coarse it is. It is asked
 * only for entries that are young. How coarse it is shows in the differences between its times, none of which is
 * smaller than a tick; the first time that this matters, a few are made on purpose, which takes some milliseconds. Until
 * it has shown often enough, the clock counts as the coarsest one. Not thread-safe.
 */
public final class FileClock {
    private static final Logger LOG = LoggerFactory.getLogger(FileClock.class);
    private static final String FILE = "clock";
    /** Keep times coarsely on the disk, and more finely in memory. */
    private static final Set<String> COARSE = Set.of("fat", "fat32", "vfat", "msdos", "exfat");
    /** So long it takes two times in a row to differ where the clock is fine. */
    private static final Duration FINE = Duration.ofMillis(5);
    private static final int TRIES = 8;
    /** A coarse clock need not be asked for each of many young files. */
    private static final Duration FRESH = Duration.ofMillis(5);

    private final Path folder;
    private final ConfinedRoot confined;
    private final Disk disk;
    private final InstantSource clock;
    private final Stop stop;
    private final SmallestSteps mtimes = new SmallestSteps();
    private final SmallestSteps ctimes = new SmallestSteps();
    private DiskStamp now;
    private Instant asked;
    private boolean tried;

    /**
     * Names a file system.
     *
     * @param folder for temporary files, on it
     * @param confined makes files there
     * @param clock tells the time where no file can be made
     * @param stop by which to wait
     */
    public FileClock(Path folder, ConfinedRoot confined, Disk disk, InstantSource clock, Stop stop) {
        this.folder = folder;
        this.confined = confined;
        this.disk = disk;
        this.clock = clock;
        this.stop = stop;
    }

    /** Forgets what time it is: some time has passed, and clocks are set back now and then. */
    void forget() {
        now = null;
    }

    /** Returns whether an entry that was found with a stamp may change without another one. */
    public boolean isYoung(DiskStamp stamp) {
        // What is later than the time that is remembered may have been written since: only what is old by it stays old.
        if (now == null || !stamp.isOld(now, resolution()) && !isFresh()) {
            ask();
        }
        if (stamp.isYoung(now, resolution()) && !tried) {
            measure();
        }
        return stamp.isYoung(now, resolution());
    }

    /** Returns whether a folder that was found with a time of modification may change without another one. */
    public boolean isYoung(long mtime) {
        return isYoung(new DiskStamp(0, mtime, 0, 0, ""));
    }

    /** Returns a stamp that was just found, or a doubtful one if it is young. */
    public DiskStamp sure(DiskStamp stamp) {
        return !stamp.isDoubtful() && isYoung(stamp) ? stamp.doubtful() : stamp;
    }

    /** Returns whether a file whose content and time the engine has just written may change without another stamp. */
    public boolean isYoungAsWritten(DiskStamp stamp) {
        if (!stamp.hasChangeTime()) {
            return isYoung(stamp);
        }
        if (stamp.isYoungAsWritten(resolution()) && !tried) {
            measure();
        }
        return stamp.isYoungAsWritten(resolution());
    }

    /** Returns how coarse the clock is, as far as is known. */
    StampResolution resolution() {
        boolean hasChangeTime = now == null || now.hasChangeTime();
        return new StampResolution(mtimes.bound(), hasChangeTime ? ctimes.bound() : mtimes.bound());
    }

    private boolean isFresh() {
        return Duration.between(asked, clock.instant()).abs().compareTo(FRESH) < 0;
    }

    /** Makes a few differences, unless the disk is known to keep less of a time than it tells. */
    private void measure() {
        tried = true;
        try {
            if (COARSE.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT))) {
                mtimes.ignore();
                ctimes.ignore();
                return;
            }
            for (int i = 0; i < TRIES && resolution().longest().equals(StampResolution.COARSEST); i++) {
                stop.pause(FINE);
                ask();
            }
        } catch (IOException e) {
            LOG.debug("What kind of file system {} is on cannot be told: {}", folder, e.getMessage());
        } catch (InterruptedException e) {
            // The run ends at its next check; what is not known counts as coarse.
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        asked = clock.instant();
        try {
            now = probe();
            mtimes.note(now.mtime());
            ctimes.note(now.ctime());
        } catch (IOException e) {
            LOG.debug("No file can be made in {} to see its time: {}", folder, e.getMessage());
            long time = TimeUnit.SECONDS.toNanos(asked.getEpochSecond()) + asked.getNano();
            now = new DiskStamp(0, time, time, 0, "");
        }
    }

    private DiskStamp probe() throws IOException {
        Path file = folder.resolve(FILE);
        confined.deleteIfExists(file);
        confined.create(file).close();
        try {
            return disk.look(file).orElseThrow(() -> new IOException(file + " is gone")).stamp();
        } finally {
            confined.deleteIfExists(file);
        }
    }
}
