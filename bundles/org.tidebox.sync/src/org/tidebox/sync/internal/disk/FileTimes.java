package org.tidebox.sync.internal.disk;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.tree.NodeKind;

/**
 * Which times of modification travel, and which a disk holds. Nanoseconds since 1970 in a {@code long} reach from 1677
 * to 2262. Disks have limits of their own, and put a time beyond them to the nearest one that they hold without an
 * error: ext4 reaches from 1901 to 2446, with inodes of 128 bytes to 2038 only, FAT from 1980 to 2107. What a disk does
 * not hold stays as it is on the server.
 */
public final class FileTimes {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** The whole second after the earliest time that can be told: a file with it is not taken for an earlier one. */
    private static final long EARLIEST = Long.MIN_VALUE / SECOND * SECOND;
    /** The whole second before the latest. */
    private static final long LATEST = Long.MAX_VALUE / SECOND * SECOND;
    private static final long COARSEST = StampResolution.COARSEST.toNanos();
    /** Every disk holds the times between; FAT counts in the local time, and may reach a day less far. */
    private static final long SAFE_FROM = Instant.parse("1980-01-02T00:00:00Z").getEpochSecond() * SECOND;
    private static final long SAFE_TO = Instant.parse("2038-01-18T00:00:00Z").getEpochSecond() * SECOND;

    private FileTimes() {
    }

    /** Returns the nearest time that travels, in nanoseconds since 1970. */
    static long nearest(long time) {
        return Math.clamp(time, EARLIEST, LATEST);
    }

    /**
     * Returns a time as it can be set. Java sets a time before 1970 that is no whole second to 1970, so the fraction is
     * left out.
     */
    static FileTime settable(long time) {
        long nearest = nearest(time);
        return FileTime.from(nearest < 0 ? Math.floorDiv(nearest, SECOND) * SECOND : nearest, TimeUnit.NANOSECONDS);
    }

    /** Returns whether a time that is found is the one that was set, as far as the disk can hold that. */
    public static boolean isAsSet(long found, long set) {
        return isSame(found, set) || isBeyond(found, set);
    }

    /** Returns why the time of a file does not travel, or is not held here; empty if all is well with it. */
    public static Optional<Obstacle> problem(LocalNode node) {
        if (node.kind() != NodeKind.FILE) {
            return Optional.empty();
        }
        long found = node.stamp().mtime();
        long time = node.attributes().mtime();
        if (found == Long.MIN_VALUE || found == Long.MAX_VALUE) {
            return Optional.of(new Obstacle.TimeNotSent(found < 0, text(time)));
        }
        return isBeyond(found, time)
                ? Optional.of(new Obstacle.TimeNotHeld(text(time), text(found)))
                : Optional.empty();
    }

    private static boolean isSame(long found, long set) {
        return found <= set && set - found >= 0 && set - found < COARSEST;
    }

    /** Returns whether the disk put a time to its limit: that lies between the time and those that every disk holds. */
    private static boolean isBeyond(long found, long set) {
        return set < SAFE_FROM && found > set && found < SAFE_FROM
                || set > SAFE_TO && found > SAFE_TO && found < set && !isSame(found, set);
    }

    private static String text(long time) {
        return FileTime.from(time, TimeUnit.NANOSECONDS).toString();
    }
}
