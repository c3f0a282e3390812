package org.tidebox.agent;

/**
 * Two versions of one thing that were made at the same time on two devices, and wait for a person to choose.
 *
 * @param mine the one that this device made, or had when the other device's copy came
 * @param theirs the other one
 * @param time when the copy was made, such as {@code 2026-03-01 101530}, by the clock of the device that made it
 * @param older how many older copies of the same device there are for the same file
 */
public record ConflictReport(Side mine, Side theirs, String time, int older) {
    /**
     * One of the two.
     *
     * @param path absolute
     * @param copy whether it is the one with the long name
     * @param device who made it; {@code null} where that cannot be found out now
     * @param kind {@code FILE}, {@code FOLDER} or {@code LINK}; {@code null} if it is gone
     * @param changed when the file was last modified, in ISO 8601; {@code null} if it is gone
     * @param size in bytes; 0 for what is no file, -1 if it is gone
     */
    public record Side(String path, boolean copy, String device, String kind, String changed, long size) {
    }
}
