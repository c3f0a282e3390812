package org.tidebox.sync;

/**
 * An entry that is not the same on both sides at present, and why.
 *
 * @param path relative to the root, with slashes
 * @param reason a sentence for a person
 */
public record Problem(String path, String reason) {
}
