package org.tidebox.server.http;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** An exception in one line: what it is, where in our code it came up, and what caused it. */
final class Causes {
    private static final String OURS = "org.tidebox.";

    private Causes() {
    }

    static String of(Throwable failure) {
        StringBuilder line = new StringBuilder();
        Set<Throwable> seen = new HashSet<>();
        for (Throwable one = failure; one != null && seen.add(one); one = one.getCause()) {
            line.append(line.isEmpty() ? "" : "; caused by ").append(one).append(place(one));
        }
        return line.toString();
    }

    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace()).filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst().map(frame -> " at " + frame).orElse("");
    }
}
