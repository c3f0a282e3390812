package org.tidebox.watch.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.watch.Batch;
import org.tidebox.watch.QuietTime;

@Tag("C1")
class QuietTimeTest {
    private static final long MILLI = 1_000_000;
    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");

    private long now = Long.MAX_VALUE - 10;
    private final QuietTime quiet = new QuietTime(() -> now);

    @Test
    void nothingIsDueWithoutEvents() {
        assertThat(quiet.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(quiet.takeDue()).isEmpty();
    }

    @Test
    void lonelyEventIsDueAfter50Milliseconds() {
        quiet.changed(A);
        assertThat(quiet.nanosUntilDue()).isEqualTo(50 * MILLI);
        now += 50 * MILLI - 1;
        assertThat(quiet.takeDue()).isEmpty();
        now += 1;
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(A), Set.of()));
        assertThat(quiet.takeDue()).isEmpty();
    }

    @Test
    void eventsCloseTogetherAreOneBatch() {
        quiet.changed(A);
        now += 40 * MILLI;
        quiet.changed(B);
        now += 40 * MILLI;
        assertThat(quiet.takeDue()).isEmpty();
        now += 10 * MILLI;
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(A, B), Set.of()));
    }

    @Test
    void savesInARowAreEachToldSoon() {
        for (int save = 0; save < 10; save++) {
            quiet.changed(A);
            now += 50 * MILLI;
            assertThat(quiet.takeDue()).isPresent();
            now += 150 * MILLI;
        }
    }

    @Test
    void steadyStreamComesInFewBatchesAndNoEventWaitsLongerThanTwoSeconds() {
        int batches = 0;
        long waitingSince = now;
        for (int i = 0; i < 60_000; i++) {
            quiet.changed(A);
            now += MILLI;
            if (quiet.takeDue().isPresent()) {
                assertThat(now - waitingSince).isLessThanOrEqualTo(QuietTime.MOST.toNanos());
                waitingSince = now;
                batches++;
            }
        }
        assertThat(batches).isBetween(30, 36);
    }

    @Test
    void quietTimeIsShortAgainAfterABurst() {
        for (int i = 0; i < 10_000; i++) {
            quiet.changed(A);
            now += MILLI;
            quiet.takeDue();
        }
        now += 2_000 * MILLI;
        quiet.takeDue();
        now += 1_000 * MILLI;
        quiet.changed(B);
        assertThat(quiet.nanosUntilDue()).isEqualTo(50 * MILLI);
    }

    @Test
    void doubtOfAFolderCoversWhatLiesWithin() {
        quiet.changed(Path.of("a/b/c"));
        quiet.changed(Path.of("ab"));
        quiet.doubt(A);
        quiet.doubt(Path.of("a/b"));
        assertThat(quiet.takeAll()).isEqualTo(new Batch(Set.of(Path.of("ab")), Set.of(A)));
    }

    @Test
    void doubtOfTheRootCoversAll() {
        quiet.changed(Path.of(""));
        quiet.changed(Path.of("a/b"));
        quiet.doubt(B);
        quiet.doubt(Path.of(""));
        assertThat(quiet.takeAll()).isEqualTo(new Batch(Set.of(), Set.of(Path.of(""))));
    }

    @Test
    void nothingIsLostWhateverTheTiming() {
        long seed = 20_240_229;
        Random random = new Random(seed);
        Set<Path> sent = new HashSet<>();
        Set<Path> told = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Path path = Path.of("p" + i);
            sent.add(path);
            quiet.changed(path);
            now += random.nextLong(1 + (long) (MILLI * Math.pow(10, random.nextInt(4))));
            Optional<Batch> batch = quiet.takeDue();
            batch.ifPresent(due -> told.addAll(due.changed()));
        }
        now += QuietTime.MOST.toNanos();
        quiet.takeDue().ifPresent(due -> told.addAll(due.changed()));
        assertThat(told).as("seed %d", seed).isEqualTo(sent);
    }
}
