package org.tidebox.sync.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.tree.NodeId;

/** What failed is tried again soon. */
@Tag("C1")
class ProblemsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final NodeId node = NodeId.random(new Random(1));
    private static final Obstacle LOCKED = new Obstacle.Other("it is locked");
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private long room = 1 << 20;
    private final Problems problems = new Problems(() -> now, () -> room);

    @Test
    void failedEntryRestsLongerEachTimeButNeverMoreThanAMinute() {
        Duration before = Duration.ZERO;
        for (int attempt = 0; attempt < 10; attempt++) {
            problems.failed(node, "file", LOCKED);
            Duration rest = Duration.between(now, problems.due().orElseThrow());
            assertThat(rest).isBetween(before, MINUTE).isPositive();
            assertThat(problems.isResting(node)).isTrue();
            now = now.plus(rest);
            assertThat(problems.isResting(node)).isFalse();
            before = rest;
        }
        assertThat(before).isEqualTo(MINUTE);
    }

    @Test
    void whatFailsForLongerThanAMinuteNeedsAPerson() {
        Instant began = now;
        problems.failed(node, "file", LOCKED);
        assertThat(problems.list()).singleElement().matches(Problem::retried);
        while (problems.list().getFirst().retried()) {
            assertThat(now).isBefore(began.plus(MINUTE.multipliedBy(2)));
            now = problems.due().orElseThrow();
            problems.failed(node, "file", LOCKED);
        }
        assertThat(now).isAfter(began.plus(MINUTE));
        problems.clear(node);
        problems.skipped(node, List.of(new Problem("pipe", new Obstacle.SpecialFile())));
        assertThat(problems.list()).singleElement().matches(problem -> !problem.retried());
    }

    @Test
    void clockThatIsSetBackMakesNoRestLonger() {
        problems.failed(node, "file", LOCKED);
        now = now.minus(Duration.ofDays(1000));
        assertThat(problems.isResting(node)).isFalse();
    }

    @Test
    void fileThatDidNotFitIsTriedAgainAtOnceWhenThereIsRoom() {
        problems.failed(node, "file", new Obstacle.FileUnreadable(new Obstacle.NoRoom()));
        room += 100;
        assertThat(problems.isResting(node)).as("a few bytes are no reason").isTrue();
        room += 2 << 20;
        assertThat(problems.isResting(node)).isFalse();
    }
}
