package org.tidebox.cli.internal;

import java.util.Map;

/**
 * What a command did.
 *
 * @param document for programs: anything that Jackson writes as one JSON document
 * @param text for people: lines without a break at the end, empty to say nothing; goes to the error stream if it failed
 * @param exitCode of the process
 */
record Outcome(Object document, String text, int exitCode) {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    static Outcome done(Object document, String text) {
        return new Outcome(document, text, DONE);
    }

    /** A command whose success is all there is to say to a program. */
    static Outcome done(String text) {
        return done(Map.of("done", true), text);
    }

    static Outcome failed(Object document, String line) {
        return new Outcome(document, line, FAILED);
    }
}
