package org.tidebox.sync.device;

import java.time.Duration;

/**
 * How far apart the times of two changes must be on a file system at least to be told apart: an upper bound, found by
 * measuring.
 *
 * @param mtime of the times of last modification
 * @param ctime of the times of the inodes' last change
 */
public record StampResolution(Duration mtime, Duration ctime) {
    /** The coarsest in use, that of FAT. */
    public static final Duration COARSEST = Duration.ofSeconds(2);
    /** What is taken for it as long as nobody knows. */
    public static final StampResolution UNKNOWN = new StampResolution(COARSEST, COARSEST);

    /** Returns how long to wait until a young stamp is old for sure. */
    public Duration longest() {
        return mtime.compareTo(ctime) > 0 ? mtime : ctime;
    }
}
