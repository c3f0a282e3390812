package org.tidebox.sync.internal.report;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.tidebox.sync.folder.Threads;

/**
 * How work on a folder goes on, whatever it is.
 *
 * @param problems what does not work
 * @param progress what is shown
 * @param stop asks it to end
 * @param threads runs what goes on beside
 * @param clock tells the time
 * @param random makes ids
 */
public record Work(Problems problems, Progress progress, Stop stop, Threads threads, InstantSource clock,
        RandomGenerator random) {
}
