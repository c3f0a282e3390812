package org.tidebox.server.admin;

/**
 * A file that was stored.
 *
 * @param account whose it is
 * @param library the name of the library
 * @param path where it is there
 * @param version the sequence of the version that was made
 * @param size how many bytes it has
 */
public record StoredFile(String account, String library, String path, long version, long size) {
}
