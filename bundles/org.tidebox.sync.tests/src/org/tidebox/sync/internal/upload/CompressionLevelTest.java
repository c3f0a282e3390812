package org.tidebox.sync.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How hard to compress follows from how long compressing and sending take, in a time of the test's own. */
@Tag("C5")
class CompressionLevelTest {
    private static final int MIB = 1 << 20;
    private Instant now = Instant.EPOCH;
    private final CompressionLevel level = new CompressionLevel(() -> now);
    private final CompressionLevel.Pace pace = level.pace();

    @Test
    void aFastLinkKeepsTheUsualLevel() {
        send(100, 10, 5);
        assertThat(level.get()).isEqualTo(3);
    }

    @Test
    void aSlowLinkRaisesTheLevelStepByStepToItsLimit() {
        send(4, 10, 100);
        assertThat(level.get()).isEqualTo(6);
        send(4, 30, 130);
        assertThat(level.get()).isEqualTo(9);
        send(40, 50, 1_000);
        assertThat(level.get()).isEqualTo(9);
    }

    @Test
    void aLinkThatGetsFasterLowersIt() {
        send(8, 10, 100);
        assertThat(level.get()).isEqualTo(9);
        send(4, 50, 100);
        assertThat(level.get()).as("neither waits for the other").isEqualTo(9);
        send(4, 50, 10);
        assertThat(level.get()).isEqualTo(6);
        send(8, 50, 10);
        assertThat(level.get()).isEqualTo(3);
    }

    @Test
    void aTimeThatStandsStillChangesNothing() {
        send(100, 0, 0);
        assertThat(level.get()).isEqualTo(3);
        assertThat(CompressionLevel.constant().get()).isEqualTo(3);
    }

    /** Compresses and sends so many MiB, each in so many milliseconds. */
    private void send(int count, int compressing, int sending) {
        for (int i = 0; i < count; i++) {
            now = now.plus(Duration.ofMillis(sending));
            pace.wanted();
            now = now.plus(Duration.ofMillis(compressing));
            pace.ready(MIB);
        }
    }
}
