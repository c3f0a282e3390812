package org.tidebox.fuzz.tests;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What the fuzzer calls: the two methods have the names that Jazzer looks for. */
public final class Fuzz {
    /** Names the target; {@code all} for inputs whose first byte chooses one. */
    static final String TARGET = "tidebox.fuzz.target";
    static final String ALL = "all";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final LogWatch LOG = LogWatch.begin();
    private static final List<Target> CHOSEN = new ArrayList<>();

    private Fuzz() {
    }

    /** Makes the targets. */
    public static void fuzzerInitialize() {
        String name = System.getProperty(TARGET, ALL);
        Targets.ALL.forEach((each, target) -> {
            if (name.equals(ALL) || name.equals(each)) {
                CHOSEN.add(target.get());
            }
        });
    }

    /** Hands an input on. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (CHOSEN.size() == 1) {
            run(CHOSEN.getFirst(), input);
        } else {
            Draw draw = new Draw(input);
            run(draw.oneOf(CHOSEN), draw.rest());
        }
    }

    /** Hands an input to a target, and counts the memory that it takes: again where it seems much, since the first run loads classes. */
    static void run(Target target, byte[] input) throws Exception {
        long most = target.allocation(input.length);
        if (taken(target, input) > most) {
            long taken = taken(target, input);
            if (taken > most) {
                throw new AssertionError(input.length + " bytes of input took " + taken + " bytes of memory; " + most
                        + " are enough");
            }
        }
    }

    private static long taken(Target target, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            target.accept(input);
        } finally {
            LOG.requireQuiet();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Returns the index that makes an input for all targets go to one of them. */
    static int index(String target) {
        return List.copyOf(Targets.ALL.keySet()).indexOf(target);
    }
}
