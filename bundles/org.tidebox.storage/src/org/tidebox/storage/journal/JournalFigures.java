package org.tidebox.storage.journal;

/**
 * Numbers that must agree with each other: {@code versions + removed == head}, and {@code highest == head}.
 *
 * @param head the highest sequence that was given
 * @param highest the highest sequence of a version that is there, 0 if there is none
 * @param versions how many versions are there
 * @param removed how many versions retention has removed
 */
public record JournalFigures(long head, long highest, long versions, long removed) {
}
