package org.tidebox.sim.tests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happens in a simulation, step by step. A step hangs on nothing but its own number, so that any of them can be
 * left out.
 *
 * @param seed the number that it was made from
 * @param devices how many take part
 * @param steps what happens
 */
record Script(long seed, int devices, List<Step> steps) {
    private static final int FEWEST = 10;
    private static final int MORE = 40;
    private static final int FIRST_OF_MORE = 1_000;
    private static final int FIRST_MOUNT = 2_000;

    /** The kinds of steps. */
    enum Act {
        USER, SYNC, RESTART, BACK_UP_DATABASE, RESTORE_DATABASE, DELETE_DATABASE, BACK_UP_SERVER, RESTORE_SERVER,
        LATE_REQUEST, TIME, CRASH_SERVER, MOUNT
    }

    /**
     * One step.
     *
     * @param number its place in the whole script
     * @param device on which device
     * @param salt what its details hang on
     */
    record Step(int number, Act act, int device, long salt) {
    }

    /** Makes the script of a number. */
    static Script of(long seed) {
        Random random = new Random(seed);
        int devices = 2 + random.nextInt(random.nextInt(4) == 0 ? 4 : 2);
        boolean restores = random.nextInt(4) == 0;
        List<Step> steps = new ArrayList<>();
        int length = FEWEST + random.nextInt(MORE);
        for (int i = 0; i < length; i++) {
            steps.add(new Step(i, act(random, restores), random.nextInt(devices), random.nextLong()));
        }
        addServerTrouble(steps, devices, new Random(~seed));
        addMounts(steps, devices, new Random(~(seed << 1)));
        return new Script(seed, devices, List.copyOf(steps));
    }

    /** Lets the server crash, and be set back to a backup more often; has numbers of its own, for they came later. */
    private static void addServerTrouble(List<Step> steps, int devices, Random random) {
        List<Act> more = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            more.addAll(Collections.nCopies(1 + random.nextInt(3), Act.CRASH_SERVER));
        }
        if (random.nextInt(4) == 0) {
            more.addAll(random.nextBoolean()
                    ? List.of(Act.RESTORE_SERVER, Act.BACK_UP_SERVER)
                    : List.of(Act.RESTORE_SERVER, Act.BACK_UP_SERVER, Act.RESTORE_SERVER));
        }
        for (int i = 0; i < more.size(); i++) {
            steps.add(random.nextInt(steps.size() + 1),
                    new Step(FIRST_OF_MORE + i, more.get(i), random.nextInt(devices), random.nextLong()));
        }
    }

    /** Lets one device have a disk that comes and goes inside its folder; has numbers of its own likewise. */
    private static void addMounts(List<Step> steps, int devices, Random random) {
        int times = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
        int device = random.nextInt(devices);
        for (int i = 0; i < times; i++) {
            steps.add(random.nextInt(steps.size() + 1),
                    new Step(FIRST_MOUNT + i, Act.MOUNT, device, random.nextLong()));
        }
    }

    private static Act act(Random random, boolean restores) {
        int dice = random.nextInt(100);
        if (dice < 55) {
            return Act.USER;
        }
        if (dice < 88 || !restores && dice < 94) {
            return Act.SYNC;
        }
        if (dice < 94) {
            Act[] rare = {Act.BACK_UP_DATABASE, Act.RESTORE_DATABASE, Act.DELETE_DATABASE, Act.BACK_UP_SERVER,
                    Act.RESTORE_SERVER};
            return rare[random.nextInt(rare.length)];
        }
        return dice < 96 ? Act.RESTART : dice < 98 ? Act.LATE_REQUEST : Act.TIME;
    }

    /** Returns the same script with other steps. */
    Script with(List<Step> some) {
        return new Script(seed, devices, List.copyOf(some));
    }

    /** Returns the same script with the steps of some numbers only. */
    Script only(Set<Integer> numbers) {
        return with(steps.stream().filter(step -> numbers.contains(step.number())).toList());
    }

    /** Returns what replays it on the command line. */
    String replay() {
        return "-Dtidebox.seed=" + seed + (steps.size() == of(seed).steps.size()
                ? ""
                : " -Dtidebox.steps=" + steps.stream().map(step -> Integer.toString(step.number()))
                        .collect(Collectors.joining(",")));
    }
}
