package org.tidebox.sync.folder;

import java.time.Duration;

/**
 * How long a folder's engine has not got on. Its long work consists of many small steps: an entry looked at, a decision,
 * some bytes.
 *
 * @param still how long ago the last step was
 * @param asksServer whether it waits for an answer of the server, which has a patience of its own
 */
public record Pulse(Duration still, boolean asksServer) {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** One chunk may take some minutes over a line whose speed is limited. */
    private static final Duration LONG_FOR_SERVER = Duration.ofMinutes(10);

    /** Returns whether that is longer than any step takes, so that something it waits for does not answer. */
    public boolean isStill() {
        return still.compareTo(asksServer ? LONG_FOR_SERVER : LONG) > 0;
    }
}
