package org.tidebox.agent.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rate and time left. */
@Tag("P1")
class SpeedTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private final Speed speed = new Speed();

    @Test
    void nothingIsSaidBeforeItIsSound() {
        assertThat(speed.perSecond()).isZero();
        speed.mark(START, 0);
        speed.mark(START.plusMillis(500), 1_000);
        assertThat(speed.perSecond()).isEqualTo(2_000);
        assertThat(speed.left(10_000)).isNull();
        speed.mark(START.plusMillis(2_000), 4_000);
        assertThat(speed.left(10_001)).isEqualTo(Duration.ofSeconds(6));
        assertThat(speed.left(0)).isNull();
    }

    @Test
    void onlyTheLastSecondsCount() {
        for (int second = 0; second <= 60; second++) {
            speed.mark(START.plusSeconds(second), second <= 40 ? 0 : (second - 40) * 100L);
        }
        assertThat(speed.perSecond()).isEqualTo(100);
    }

    @Test
    void whatBeginsAnewIsMeasuredAnew() {
        speed.mark(START, 500);
        speed.mark(START.plusSeconds(3), 900);
        speed.mark(START.plusSeconds(4), 10);
        assertThat(speed.perSecond()).isZero();
        speed.mark(START.plusSeconds(3), 20);
        assertThat(speed.perSecond()).as("a clock that was set back").isZero();
    }
}
