package org.tidebox.sim.tests;

import org.tidebox.sim.tests.Script.Step;

/**
 * The outcome of one script.
 *
 * @param trace what happened
 * @param failure what was wrong; {@code null} if all was well
 */
record Simulation(Trace trace, Throwable failure) {
    /** Plays a script and checks the invariants. */
    static Simulation run(Script script) {
        try (World world = new World(script)) {
            try {
                for (Step step : script.steps()) {
                    world.perform(step);
                }
                world.settle();
                new Invariants(world).check();
                return new Simulation(world.trace(), null);
            } catch (Exception | AssertionError e) {
                return new Simulation(world.trace(), e);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    boolean failed() {
        return failure != null;
    }
}
