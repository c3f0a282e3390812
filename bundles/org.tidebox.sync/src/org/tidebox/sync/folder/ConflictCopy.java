package org.tidebox.sync.folder;

import java.time.Instant;

/**
 * A copy that was made because both sides changed.
 *
 * @param path of the copy, relative to the root, with slashes
 * @param original the name that the copy had before
 * @param time when it was made
 */
public record ConflictCopy(String path, String original, Instant time) {
}
