package org.tidebox.sync.device;

import java.time.Instant;

/**
 * An entry of the log of what was done on this device.
 *
 * @param number rises with each entry
 * @param time when, to the millisecond
 * @param directory the sync folder, absolute
 * @param step what was done
 */
public record ActivityEntry(long number, Instant time, String directory, DoneStep step) {
}
