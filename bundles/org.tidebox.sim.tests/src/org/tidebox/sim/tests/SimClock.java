package org.tidebox.sim.tests;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tidebox.sync.folder.Threads;

/** The time of a simulation: it passes when somebody does something or waits. Whoever starts work does it himself. */
final class SimClock implements InstantSource, Threads {
    private Instant now = Instant.parse("2026-03-01T12:00:00.123456789Z");

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void start(String name, Runnable work) {
        work.run();
    }

    @Override
    public void await(Object monitor, Duration time) {
        advance(time);
    }
}
