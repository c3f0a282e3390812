package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shrunk failure still fails, and needs all of its parts. */
class ShrinkerTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onlyWhatTheFailureNeedsIsLeftInItsOrder(long seed) {
        Random random = new Random(seed);
        List<Integer> parts = IntStream.range(0, 1 + random.nextInt(60)).boxed().toList();
        Set<Integer> needed = new TreeSet<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            needed.add(random.nextInt(parts.size()));
        }
        List<List<Integer>> asked = new ArrayList<>();
        List<Integer> least = Shrinker.shrink(parts, some -> {
            asked.add(some);
            return some.containsAll(needed);
        });
        assertThat(least).as("seed %d", seed).containsExactlyElementsOf(needed);
        assertThat(asked).as("seed %d: a failure is never longer than the one before", seed)
                .allMatch(some -> some.size() < parts.size());
    }
}
