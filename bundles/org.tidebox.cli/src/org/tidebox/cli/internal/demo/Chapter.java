package org.tidebox.cli.internal.demo;

import java.time.Duration;

/**
 * What one part of the story did.
 *
 * @param title what happened
 * @param files how many files were touched
 * @param bytes how long these are together
 * @param wire bytes on the sockets of both devices, in both directions
 * @param millis how long it took until both devices were the same
 */
record Chapter(String title, long files, long bytes, long wire, long millis) {
    Duration took() {
        return Duration.ofMillis(millis);
    }
}
