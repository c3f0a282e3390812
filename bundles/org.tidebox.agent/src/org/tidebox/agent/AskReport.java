package org.tidebox.agent;

/**
 * The question that a sync folder asks since rules asked for it: one for all that a run found. What it is about is
 * among what {@link Agent#held} lists as asked.
 *
 * @param number higher than those of all questions before
 * @param directory the sync folder
 * @param entries how many entries are new to the question
 * @param bytes of their contents
 * @param waiting how many entries of the folder wait for an answer, with those
 */
public record AskReport(long number, String directory, long entries, long bytes, long waiting) {
}
