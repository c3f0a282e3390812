package org.tidebox.agent;

import java.util.Objects;

/**
 * A rule that somebody wants.
 *
 * @param directory the sync folder
 * @param upload whether it is for uploads; else for downloads
 * @param condition which entries it is for, in the language of conditions
 * @param action {@code transfer}, {@code hold} or {@code ask}
 * @param at its place in the list, from 1; 0 for the end
 */
public record RuleRequest(String directory, boolean upload, String condition, String action, int at) {
    /** Refuses what lacks a part that it must have. */
    public RuleRequest {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(condition);
        Objects.requireNonNull(action);
    }
}
