package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.CandidateMode;
import org.tidebox.sync.tests.RuledDevice;
import org.tidebox.sync.tests.RuledWorld;

/**
 * Invariant 9: whatever people do, while rules hold this and that, change and are set aside for single files, no text
 * leaves a device and none comes to one before it may; each run comes to an end; what is held is known without planning
 * it again; and when all rules are gone, all devices become the same, and nothing is lost. {@code -Dtidebox.seed=n}
 * replays one run, {@code -Dtidebox.seeds=n} does more.
 */
@Tag("D2")
@Tag("D3")
@Tag("D4")
@Tag("D5")
class HeldConvergenceTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 40);

    @Test
    void nothingMovesBeforeItMayAndNothingIsLost() throws Exception {
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            CandidateMode candidates = seed % 4 == 3 ? CandidateMode.SINCE_TRANSFER : CandidateMode.INDEX;
            try (RuledWorld world = new RuledWorld(seed, candidates)) {
                run(world, seed);
            }
        }
    }

    private static void run(RuledWorld world, int seed) {
        try {
            for (int step = world.between(15, 25); step > 0; step--) {
                world.step();
                if (world.isNow(12)) {
                    world.changeRules(world.some());
                }
            }
            world.settle();
            checkThatARestartFindsNoWork(world);
            world.devices.forEach(world::free);
            world.settle();
            check(world);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + "\n" + String.join("\n", world.log), e);
        }
    }

    /** A fresh engine plans everything anew, and so finds what one that remembers has overlooked. */
    private static void checkThatARestartFindsNoWork(RuledWorld world) throws Exception {
        long head = world.server.head();
        world.devices.forEach(world::restart);
        world.settle();
        assertThat(world.server.head()).as("head after a restart").isEqualTo(head);
    }

    private static void check(RuledWorld world) {
        TreeMap<String, String> expected = world.devices.getFirst().device.content();
        for (RuledDevice ruled : world.devices) {
            assertThat(ruled.device.content()).isEqualTo(expected);
            assertThat(ruled.device.folder().status().problems()).isEmpty();
        }
        Set<String> lost = new TreeSet<>(world.written);
        lost.removeAll(world.destroyed);
        lost.removeIf(text -> expected.values().stream().anyMatch(content -> content.endsWith(text)));
        assertThat(lost).as("lost texts").isEmpty();
    }
}
