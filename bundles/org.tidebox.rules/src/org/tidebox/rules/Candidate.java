package org.tidebox.rules;

import java.time.Instant;

/**
 * Something that could be transferred.
 *
 * @param path its names from the sync folder's root on, parted by {@code /}, in Unicode form NFC
 * @param folder whether it is a folder; conditions on size, type and age are never met by one
 * @param size of its content, in bytes
 * @param modified when the content was last changed
 * @param content its content, to tell a type by where the name does not
 */
public record Candidate(String path, boolean folder, long size, Instant modified, ContentProbe content) {
    /** Describes a file whose content is not at hand. */
    public static Candidate file(String path, long size, Instant modified) {
        return new Candidate(path, false, size, modified, ContentProbe.NONE);
    }

    /** Describes a folder. */
    public static Candidate folder(String path) {
        return new Candidate(path, true, 0, Instant.EPOCH, ContentProbe.NONE);
    }

    /** Returns the last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
