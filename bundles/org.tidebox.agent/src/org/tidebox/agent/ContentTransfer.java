package org.tidebox.agent;

/**
 * A file whose content is on its way.
 *
 * @param path relative to the sync folder, with slashes
 * @param upload whether it goes to the server; else it comes from there
 * @param done bytes of the content dealt with so far, sent or found to be there already
 * @param total length of the content in bytes
 */
public record ContentTransfer(String path, boolean upload, long done, long total) {
}
