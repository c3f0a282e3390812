package org.tidebox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When memory counts as used up. */
@Tag("Q3")
class ExhaustionTest {
    private static final long SECOND = 1_000;
    private final Exhaustion exhaustion = new Exhaustion();
    private long now = -5_000;
    private long collecting = 77;

    @Test
    void aProcessThatOnlyCollectsGarbageHasNoMemoryLeft() {
        work(100, 0.3);
        assertThat(isReachedWhile(Exhaustion.PATIENCE / SECOND - 3, 0.97)).isFalse();
        assertThat(isReachedWhile(5, 0.97)).isTrue();
    }

    @Test
    void aPauseInBetweenBeginsAnew() {
        for (int i = 0; i < 20; i++) {
            assertThat(isReachedWhile(Exhaustion.PATIENCE / SECOND - 5, 1)).isFalse();
            work(4, 0);
        }
    }

    @Test
    void muchWorkIsNoExhaustion() {
        assertThat(isReachedWhile(1_000, 0.8)).isFalse();
    }

    @Test
    void looksThatComeLateAreTakenAsTheyCome() {
        now += 3 * Exhaustion.PATIENCE;
        assertThat(exhaustion.isReached(now, collecting)).isFalse();
        now += 3 * Exhaustion.PATIENCE;
        collecting += 3 * Exhaustion.PATIENCE;
        assertThat(exhaustion.isReached(now, collecting)).isTrue();
    }

    private void work(long seconds, double share) {
        assertThat(isReachedWhile(seconds, share)).isFalse();
    }

    private boolean isReachedWhile(long seconds, double share) {
        boolean reached = false;
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            collecting += (long) (SECOND * share);
            reached |= exhaustion.isReached(now, collecting);
        }
        return reached;
    }
}
