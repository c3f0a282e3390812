package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.upkeep.RetentionRules;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.tree.NodeId;

/** Which versions retention lets go. */
@Tag("A3")
@Tag("B8")
class RetentionRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofHours(1);
    private static final int CASES = 3_000;
    private static final NodeId NODE = NodeId.random(new Random(1));

    @Test
    void dailyKeepsTheNewestOfEachDayInUtc() {
        List<VersionStamp> versions = versions("2026-02-25T10:00:00Z", "2026-02-25T23:59:59Z", "2026-02-26T00:00:00Z",
                "2026-02-26T00:00:01Z", "2026-02-28T08:00:00Z");
        assertThat(kept(new Retention(0, 0, 2, 0, 0, 0, 9), versions)).containsExactly(4L, 5L);
        assertThat(kept(new Retention(0, 0, 3, 0, 0, 0, 9), versions)).containsExactly(2L, 4L, 5L);
    }

    @Test
    void weeksBeginOnMondayAndCrossTheYear() {
        List<VersionStamp> versions = versions("2025-12-28T23:00:00Z", "2025-12-29T01:00:00Z", "2026-01-04T23:00:00Z",
                "2026-01-05T00:00:00Z");
        assertThat(kept(new Retention(0, 0, 0, 9, 0, 0, 9), versions)).containsExactly(1L, 3L, 4L);
        assertThat(kept(new Retention(0, 0, 0, 0, 9, 0, 9), versions)).containsExactly(2L, 4L);
        assertThat(kept(new Retention(0, 0, 0, 0, 0, 9, 9), versions)).containsExactly(2L, 4L);
    }

    @Test
    void fileThatNobodyTouchedForYearsKeepsItsPast() {
        List<VersionStamp> versions = versions("2011-05-01T10:00:00Z", "2011-05-02T10:00:00Z", "2011-05-03T10:00:00Z");
        assertThat(kept(Retention.DEFAULT, versions)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatWasCurrentAMomentAgoStays() {
        List<VersionStamp> versions = versions("2020-01-01T00:00:00Z", "2026-02-27T00:00:00Z", "2026-03-01T11:30:00Z");
        assertThat(kept(new Retention(0, 0, 0, 0, 0, 0, 0), versions)).containsExactly(2L, 3L);
    }

    @Test
    void trashEndsAfterItsDays() {
        VersionStamp deleted = new VersionStamp(NODE, 7, NOW.minus(Duration.ofDays(30)), true, false);
        assertThat(rules(new Retention(5, 0, 0, 0, 0, 0, 30)).isPurged(deleted)).isTrue();
        assertThat(rules(new Retention(5, 0, 0, 0, 0, 0, 31)).isPurged(deleted)).isFalse();
    }

    @Test
    void propertiesHoldForRandomPasts() {
        long first = Long.getLong("tidebox.seed", 1);
        for (long seed = first; seed < first + CASES; seed++) {
            Random random = new Random(seed);
            List<VersionStamp> versions = randomVersions(random);
            Retention retention = new Retention(random.nextInt(4), random.nextInt(4), random.nextInt(4),
                    random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(400));
            assertProperties("seed " + seed + ": " + retention + " on " + versions, retention, versions);
        }
    }

    private static void assertProperties(String as, Retention retention, List<VersionStamp> versions) {
        List<Long> kept = kept(retention, versions);
        VersionStamp current = versions.getLast();
        assertThat(kept).as(as).contains(current.sequence());
        List<VersionStamp> left = versions.stream().filter(v -> kept.contains(v.sequence())).toList();
        assertThat(kept(retention, left)).as("applied again: %s", as).isEqualTo(kept);
        if (rules(retention).isPurged(current)) {
            return;
        }
        int last = Math.min(retention.keepLast(), versions.size());
        assertThat(kept).as(as).containsAll(versions.reversed().subList(0, last).stream()
                .map(VersionStamp::sequence).toList());
        assertThat(kept).as("days: %s", as)
                .containsAll(newestOfEach(versions, retention.daily(), time -> day(time)));
        assertThat(kept).as("years: %s", as)
                .containsAll(newestOfEach(versions, retention.yearly(), time -> day(time).getYear()));
        assertThat(kept).as("months: %s", as)
                .containsAll(newestOfEach(versions, retention.monthly(), time -> day(time).withDayOfMonth(1)));
        int most = 1 + last + retention.hourly() + retention.daily() + retention.weekly() + retention.monthly()
                + retention.yearly();
        long young = versions.stream().filter(v -> v.time().isAfter(NOW.minus(GRACE))).count();
        assertThat((long) kept.size()).as(as).isLessThanOrEqualTo(most + young + 1);
    }

    private static List<Long> newestOfEach(List<VersionStamp> versions, int count, Function<Instant, Object> stretch) {
        List<Long> newest = new ArrayList<>();
        HashSet<Object> seen = new HashSet<>();
        for (VersionStamp version : versions.reversed()) {
            if (seen.size() < count && seen.add(stretch.apply(version.time()))) {
                newest.add(version.sequence());
            }
        }
        return newest;
    }

    private static List<VersionStamp> randomVersions(Random random) {
        List<VersionStamp> versions = new ArrayList<>();
        long scale = List.of(600L, 40_000L, 1_000_000L, 20_000_000L).get(random.nextInt(4));
        List<Instant> times = new ArrayList<>();
        Instant at = NOW;
        for (int i = 0; i < 1 + random.nextInt(30); i++) {
            at = at.minusSeconds(random.nextLong(scale));
            times.addFirst(at);
        }
        for (int i = 0; i < times.size(); i++) {
            boolean deleted = i == times.size() - 1 && random.nextInt(3) == 0;
            versions.add(new VersionStamp(NODE, 3L * i + 1, times.get(i), deleted, false));
        }
        return versions;
    }

    private static List<VersionStamp> versions(String... times) {
        List<VersionStamp> versions = new ArrayList<>();
        for (String time : times) {
            versions.add(new VersionStamp(NODE, versions.size() + 1L, Instant.parse(time), false, false));
        }
        return versions;
    }

    private static List<Long> kept(Retention retention, List<VersionStamp> versions) {
        List<Long> gone = rules(retention).obsolete(versions);
        return versions.stream().map(VersionStamp::sequence).filter(sequence -> !gone.contains(sequence)).toList();
    }

    private static RetentionRules rules(Retention retention) {
        return new RetentionRules(retention, NOW, GRACE);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
