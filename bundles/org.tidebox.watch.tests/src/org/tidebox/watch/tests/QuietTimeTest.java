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
import org.tidebox.watch.EntryChanges;
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
        quiet.changedIn(A);
        assertThat(quiet.nanosUntilDue()).isEqualTo(50 * MILLI);
        now += 50 * MILLI - 1;
        assertThat(quiet.takeDue()).isEmpty();
        now += 1;
        assertThat(quiet.takeDue()).contains(folders(A));
        assertThat(quiet.takeDue()).isEmpty();
    }

    @Test
    void eventsCloseTogetherAreOneBatch() {
        quiet.changedIn(A);
        now += 40 * MILLI;
        quiet.changedIn(B);
        now += 40 * MILLI;
        assertThat(quiet.takeDue()).isEmpty();
        now += 10 * MILLI;
        assertThat(quiet.takeDue()).contains(folders(A, B));
    }

    @Test
    void savesInARowAreEachToldSoon() {
        for (int save = 0; save < 10; save++) {
            quiet.changedIn(A);
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
            quiet.changedIn(A);
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
            quiet.changedIn(A);
            now += MILLI;
            quiet.takeDue();
        }
        now += 2_000 * MILLI;
        quiet.takeDue();
        now += 1_000 * MILLI;
        quiet.changedIn(B);
        assertThat(quiet.nanosUntilDue()).isEqualTo(50 * MILLI);
    }

    @Test
    void doubtOfAFolderCoversWhatLiesWithin() {
        quiet.changedIn(Path.of("a/b/c"));
        quiet.changedIn(Path.of("ab"));
        quiet.doubt(A);
        quiet.doubt(Path.of("a/b"));
        assertThat(quiet.takeAll()).isEqualTo(new Batch(Set.of(), Set.of(), Set.of(Path.of("ab")), Set.of(A)));
    }

    @Test
    void doubtOfTheRootCoversAll() {
        quiet.changedIn(Path.of(""));
        quiet.changedIn(Path.of("a/b"));
        quiet.doubt(B);
        quiet.doubt(Path.of(""));
        assertThat(quiet.takeAll()).isEqualTo(new Batch(Set.of(), Set.of(), Set.of(), Set.of(Path.of(""))));
    }

    @Test
    void lastWordOnAnEntryCounts() {
        quiet.there(A);
        quiet.gone(A);
        quiet.gone(B);
        quiet.there(B);
        now += 50 * MILLI;
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(B), Set.of(A), Set.of(), Set.of()));
    }

    @Test
    void folderAndDoubtCoverTheEntriesInThem() {
        quiet.there(Path.of("a/file"));
        quiet.gone(Path.of("b/deep/file"));
        quiet.there(Path.of("c/file"));
        quiet.there(B);
        quiet.changedIn(A);
        quiet.doubt(B);
        assertThat(quiet.takeAll())
                .isEqualTo(new Batch(Set.of(Path.of("c/file"), B), Set.of(), Set.of(A), Set.of(B)));
    }

    @Test
    void whatJustLeftWaitsForTheWordOnWhereItWent() {
        for (int i = 0; i < 50; i++) {
            quiet.there(Path.of("much"));
            now += 4 * MILLI;
        }
        quiet.gone(A);
        now += 1 * MILLI;
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(Path.of("much")), Set.of(), Set.of(), Set.of()));
        quiet.there(B);
        now += 100 * MILLI;
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(B), Set.of(A), Set.of(), Set.of()));
    }

    @Test
    void whatLeftAndCameBackWaitsForNothing() {
        for (int i = 0; i < 50; i++) {
            quiet.gone(A);
            now += 4 * MILLI;
        }
        quiet.there(A);
        assertThat(quiet.takeDue()).contains(new Batch(Set.of(A), Set.of(), Set.of(), Set.of()));
        assertThat(quiet.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whereVeryMuchChangesTheFolderStandsForIt() {
        for (int i = 0; i < EntryChanges.MOST; i++) {
            quiet.there(Path.of("a/file" + i));
        }
        assertThat(new Batch(Set.of(), Set.of(), Set.of(A, B), Set.of())).isEqualTo(afterTwoMore());
    }

    private Batch afterTwoMore() {
        quiet.gone(Path.of("b/file"));
        quiet.gone(Path.of("a/file1"));
        return quiet.takeAll();
    }

    private static Batch folders(Path... folders) {
        return new Batch(Set.of(), Set.of(), Set.of(folders), Set.of());
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
            quiet.changedIn(path);
            now += random.nextLong(1 + (long) (MILLI * Math.pow(10, random.nextInt(4))));
            Optional<Batch> batch = quiet.takeDue();
            batch.ifPresent(due -> told.addAll(due.folders()));
        }
        now += QuietTime.MOST.toNanos();
        quiet.takeDue().ifPresent(due -> told.addAll(due.folders()));
        assertThat(told).as("seed %d", seed).isEqualTo(sent);
    }
}
