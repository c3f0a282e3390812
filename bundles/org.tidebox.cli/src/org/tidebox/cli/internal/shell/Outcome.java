package org.tidebox.cli.internal.shell;

import java.util.List;
import java.util.Map;

/**
 * What a command did.
 *
 * @param document for programs: anything that can be written as one JSON document
 * @param lines for people, none to say nothing; they go to the error stream if it failed. A name with a line break in it
 *        stays within its line
 * @param exitCode of the process
 */
public record Outcome(Object document, List<String> lines, int exitCode) {
    /** The exit code of success. */
    public static final int DONE = 0;
    /** The exit code of a command that failed. */
    public static final int FAILED = 1;
    /** The exit code of a command line that cannot be understood. */
    public static final int WRONG_USAGE = 2;

    /** Returns a success. */
    public static Outcome done(Object document, List<String> lines) {
        return new Outcome(document, lines, DONE);
    }

    /** Returns a success with one line for people. */
    public static Outcome done(Object document, String line) {
        return done(document, List.of(line));
    }

    /** Returns a success that is all there is to say to a program. */
    public static Outcome done(String line) {
        return done(Map.of("done", true), line);
    }

    /** Returns a failure. */
    public static Outcome failed(Object document, List<String> lines) {
        return new Outcome(document, lines, FAILED);
    }

    /** Returns a failure with one line for people. */
    public static Outcome failed(Object document, String line) {
        return failed(document, List.of(line));
    }
}
