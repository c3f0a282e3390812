package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.sim.tests.Script.Step;
import org.tidebox.sync.tests.Shrinker;

/**
 * Invariants 1, 3, 4, 5, 6, 7 and 8 for the whole engine: whatever people, networks and power cuts do. {@code
 * -Dtidebox.seed=n} replays one script, with {@code -Dtidebox.steps=…} only some of its steps; {@code
 * -Dtidebox.seeds=n}
 * plays more of them, those from {@code -Dtidebox.from=n} on.
 */
@Tag("C1")
@Tag("C4")
@Tag("D1")
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 500);

    /** So many scripts are enough to have some edits of large files among them. */
    private static final int PATCHING = 300;

    @Test
    void nothingIsLostAndAllBecomesTheSame() {
        Long only = Long.getLong("tidebox.seed");
        LongStream seeds = only == null
                ? LongStream.range(Long.getLong("tidebox.from", 0), SEEDS)
                : LongStream.of(only);
        Optional<Script> failing = seeds.parallel().mapToObj(SimulationTest::script)
                .filter(script -> Simulation.run(script).failed()).findAny();
        failing.ifPresent(SimulationTest::report);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalSeedsGiveEqualRuns(long seed) {
        assertThat(Simulation.run(Script.of(seed)).trace().hash())
                .isEqualTo(Simulation.run(Script.of(seed)).trace().hash());
    }

    @Test
    @Tag("C5")
    void someChunksTravelAsPatches() {
        List<String> kinds = List.of(" signatures ", " fetch patches ");
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < PATCHING && seen.size() < kinds.size(); seed++) {
            String trace = Simulation.run(Script.of(seed)).trace().toString();
            kinds.stream().filter(trace::contains).forEach(seen::add);
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static Script script(long seed) {
        String steps = System.getProperty("tidebox.steps");
        Script script = Script.of(seed);
        return steps == null
                ? script
                : script.only(Arrays.stream(steps.split(",")).map(Integer::valueOf).collect(Collectors.toSet()));
    }

    /** Leaves out all steps that the failure does not need, and tells what is left. */
    private static void report(Script script) {
        List<Step> steps = Shrinker.shrink(script.steps(), some -> Simulation.run(script.with(some)).failed());
        Script least = script.with(steps);
        Simulation simulation = Simulation.run(least);
        throw new AssertionError("replay with " + least.replay() + "\n" + simulation.trace(), simulation.failure());
    }
}
