package org.tidebox.sync.folder;

/**
 * A file whose content is on its way.
 *
 * @param path relative to the root, with slashes
 * @param upload true if it goes to the server, false if it comes from there
 * @param done bytes of the content dealt with so far, sent or found to be there already
 * @param total length of the content in bytes
 */
public record Transfer(String path, boolean upload, long done, long total) {
}
