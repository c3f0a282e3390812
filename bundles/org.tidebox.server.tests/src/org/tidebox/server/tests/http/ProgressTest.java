package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.http.front.Progress;

@Tag("P3")
class ProgressTest {
    private static final long PATIENCE = 30;

    @Test
    void slowOnesAreWaitedForAsLongAsTheyGoOn() {
        Progress progress = new Progress(100);
        for (int look = 1; look < 10_000; look++) {
            assertThat(progress.isOver(100 + look * PATIENCE, true, look * Progress.LEAST, PATIENCE)).isFalse();
        }
    }

    @Test
    void fewBytesAreNone() {
        Progress progress = new Progress(0);
        assertThat(progress.isOver(PATIENCE, true, Progress.LEAST - 1, PATIENCE)).isFalse();
        assertThat(progress.isOver(PATIENCE + 1, true, Progress.LEAST - 1, PATIENCE)).isTrue();
    }

    @Test
    void timeInWhichNobodyWaitsDoesNotCount() {
        Progress progress = new Progress(0);
        assertThat(progress.isOver(1_000, false, 0, PATIENCE)).isFalse();
        assertThat(progress.isOver(1_000 + PATIENCE, true, 0, PATIENCE)).isFalse();
        assertThat(progress.isOver(1_001 + PATIENCE, true, 0, PATIENCE)).isTrue();
    }

    @Test
    void clocksMayPassTheirLargestNumber() {
        Progress progress = new Progress(Long.MAX_VALUE - 1);
        assertThat(progress.isOver(Long.MIN_VALUE + 1, true, 0, PATIENCE)).isFalse();
        assertThat(progress.isOver(Long.MIN_VALUE + PATIENCE, true, 0, PATIENCE)).isTrue();
    }
}
