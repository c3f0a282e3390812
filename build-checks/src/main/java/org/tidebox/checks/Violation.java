package org.tidebox.checks;

import java.nio.file.Path;

/**
 * One place that breaks a rule.
 *
 * @param file
 *            the file to mend, relative to the root of the tree
 * @param line
 *            the line, counted from 1; 0 if the whole file is meant
 * @param what
 *            what was found there
 * @param why
 *            the rule, and the reason for it
 */
public record Violation(Path file, int line, String what, String why) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ". Why: " + why;
    }
}
