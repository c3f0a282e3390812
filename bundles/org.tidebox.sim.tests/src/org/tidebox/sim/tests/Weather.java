package org.tidebox.sim.tests;

import java.util.Random;

/** How much goes wrong while one device syncs. */
final class Weather {
    /** What the network does to a request. */
    enum Fault {
        NONE, DROP, LOSE_ANSWER, DUPLICATE, CUT, LATE
    }

    private static final int MOST_POINTS = 150;

    final Random random;
    private final double faults;
    private final double interference;
    private int pointsToCrash;

    private Weather(Random random, double faults, double interference, int pointsToCrash) {
        this.random = random;
        this.faults = faults;
        this.interference = interference;
        this.pointsToCrash = pointsToCrash;
    }

    static Weather of(Random random) {
        double faults = random.nextInt(3) == 0 ? 0.3 : 0;
        double interference = random.nextInt(2) == 0 ? 0.02 * (1 + random.nextInt(4)) : 0;
        int crash = random.nextInt(4) == 0 ? 1 + random.nextInt(1 + random.nextInt(MOST_POINTS)) : 0;
        return new Weather(random, faults, interference, crash);
    }

    static Weather calm() {
        return new Weather(new Random(0), 0, 0, 0);
    }

    Fault fault() {
        Fault[] all = Fault.values();
        return random.nextDouble() < faults ? all[1 + random.nextInt(all.length - 1)] : Fault.NONE;
    }

    /** Returns whether the computer crashes at this point. */
    boolean crashes() {
        return pointsToCrash > 0 && --pointsToCrash == 0;
    }

    /** Returns whether others act at this point. */
    boolean interferes() {
        return interference > 0 && random.nextDouble() < interference;
    }
}
