package org.tidebox.cli.internal;

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
record Outcome(Object document, List<String> lines, int exitCode) {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    static Outcome done(Object document, List<String> lines) {
        return new Outcome(document, lines, DONE);
    }

    static Outcome done(Object document, String line) {
        return done(document, List.of(line));
    }

    /** A command whose success is all there is to say to a program. */
    static Outcome done(String line) {
        return done(Map.of("done", true), line);
    }

    static Outcome failed(Object document, List<String> lines) {
        return new Outcome(document, lines, FAILED);
    }

    static Outcome failed(Object document, String line) {
        return failed(document, List.of(line));
    }
}
