package org.tidebox.agent;

/**
 * One state of a file, folder or link.
 *
 * @param sequence the number that the server gave the change
 * @param path where it was then, in the library
 * @param kind {@code FILE}, {@code FOLDER} or {@code LINK}
 * @param size of the content in bytes; 0 for what has none
 * @param device the device that made it
 * @param time when the server accepted it, ISO 8601 in UTC
 * @param deleted whether it was gone then
 * @param thinned whether retention has let go of versions between this one and the next older one that is left
 */
public record FileVersion(long sequence, String path, String kind, long size, String device, String time,
        boolean deleted, boolean thinned) {
}
