package org.tidebox.sync.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.internal.plan.PlannerCase.Edit;
import org.tidebox.sync.tests.Shrinker;

/**
 * Invariants 1, 2, 3, 6 and 7 for the planner alone: from any three trees, in any order and in any batches, it ends
 * soon
 * with two equal trees that hold all that either side wrote. {@code -Dtidebox.cases=n} tries more, {@code
 * -Dtidebox.seed=n} with {@code -Dtidebox.edits=…} replays one.
 */
@Tag("D1")
class PlannerPropertiesTest {
    private static final long CASES = Long.getLong("tidebox.cases", 100_000);

    @Test
    void anyThreeTreesBecomeOneWithoutLoss() {
        Long only = Long.getLong("tidebox.seed");
        LongStream seeds = only == null ? LongStream.range(0, CASES) : LongStream.of(only);
        Optional<PlannerCase> failing = seeds.parallel().mapToObj(PlannerPropertiesTest::planned)
                .filter(each -> failure(each).isPresent()).findAny();
        failing.ifPresent(PlannerPropertiesTest::report);
    }

    private static PlannerCase planned(long seed) {
        String edits = System.getProperty("tidebox.edits");
        PlannerCase whole = PlannerCase.of(seed);
        return edits == null
                ? whole
                : whole.only(Arrays.stream(edits.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
    }

    private static void report(PlannerCase failing) {
        List<Edit> least = Shrinker.shrink(failing.edits(), some -> failure(failing.with(some)).isPresent());
        PlannerCase small = failing.with(least);
        throw new AssertionError("replay with " + small.replay() + "\nagreed "
                + small.tree(PlannerCase.Whose.AGREED).entries() + "\nlocal "
                + small.tree(PlannerCase.Whose.LOCAL).entries() + "\nremote "
                + small.tree(PlannerCase.Whose.REMOTE).entries(), failure(small).orElseThrow());
    }

    private static Optional<Throwable> failure(PlannerCase start) {
        try {
            check(start);
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of(e);
        }
    }

    private static void check(PlannerCase start) throws Exception {
        Random random = new Random(start.seed());
        Map<String, String> one = settled(start, random, false);
        assertThat(settled(start, random, false)).as("the same in another order").isEqualTo(one);
        settled(start, random, true);
    }

    private static Map<String, String> settled(PlannerCase start, Random random, boolean inBatches) throws Exception {
        PlannedTrees trees = new PlannedTrees(start);
        Set<Object> lost = new HashSet<>(trees.precious());
        trees.settle(random, inBatches);
        lost.removeAll(trees.precious());
        if (!lost.isEmpty()) {
            throw new AssertionError("lost " + lost);
        }
        return trees.agreed();
    }
}
