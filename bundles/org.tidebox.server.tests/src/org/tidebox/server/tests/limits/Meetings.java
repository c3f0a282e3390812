package org.tidebox.server.tests.limits;

import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets one side wait for what the other does, so that either is met at any point of its work. */
public final class Meetings {
    private static final int PATIENCE = 100;
    private final Phaser phases = new Phaser(1);

    public synchronized void happened() {
        phases.arrive();
    }

    /** Waits until it happens once more; not for long, for the other side may be waiting, too. */
    public void awaitNext() throws InterruptedException {
        try {
            phases.awaitAdvanceInterruptibly(phases.getPhase(), PATIENCE, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        }
    }

    public void end() {
        phases.forceTermination();
    }
}
