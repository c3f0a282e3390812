package org.tidebox.agent;

/**
 * Something that was deleted in one go, and can be brought back.
 *
 * @param id names it, also by its last digits
 * @param path absolute; where it was
 * @param kind {@code FILE}, {@code FOLDER} or {@code LINK}
 * @param entries how many files, folders and links it is, with itself
 * @param size of all its files in bytes
 * @param device who deleted it
 * @param time when, in ISO 8601
 */
public record TrashEntry(String id, String path, String kind, long entries, long size, String device, String time) {
}
