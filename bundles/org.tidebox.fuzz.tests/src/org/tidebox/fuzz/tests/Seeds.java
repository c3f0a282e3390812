package org.tidebox.fuzz.tests;

import java.util.Random;

/** Seeds of randomised tests. */
final class Seeds {
    private Seeds() {
    }

    /** Returns randomness whose seed is printed, and given by {@code tidebox.seed} to replay it. */
    static Random random() {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        System.out.println("-Dtidebox.seed=" + seed);
        return new Random(seed);
    }
}
