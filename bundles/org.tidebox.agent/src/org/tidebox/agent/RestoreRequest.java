package org.tidebox.agent;

import java.util.Objects;

/**
 * What to bring back.
 *
 * @param path absolute; a file, folder or link in a sync folder, or a sync folder itself; it may be gone
 * @param asOf a moment in ISO 8601, such as {@code 2026-01-31T12:00:00Z}, or {@code null}
 * @param version the number of a version of the file, or of a sequence of the library for a folder; 0 for none
 * @param to the absolute path of a directory to write into, which must be outside of all sync folders, or {@code null}
 *        to bring it back where it belongs
 */
public record RestoreRequest(String path, String asOf, long version, String to) {
    /** Refuses what lacks a part that it must have. */
    public RestoreRequest {
        Objects.requireNonNull(path);
    }
}
