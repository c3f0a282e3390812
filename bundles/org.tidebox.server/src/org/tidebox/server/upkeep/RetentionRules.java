package org.tidebox.server.upkeep;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tidebox.storage.journal.Retention;
import org.tidebox.storage.journal.VersionStamp;

/**
 * Which versions of a node may go. Hours, days and so on are those of the calendar in UTC, and only those count in which
 * something was saved: a file that nobody touched for years keeps its past. A pure function.
 *
 * @param retention what the library keeps
 * @param now the present time
 * @param grace what was current until less than this ago stays: a device may be in the middle of fetching it
 */
public record RetentionRules(Retention retention, Instant now, Duration grace) {
    /** A rule that keeps the newest version of each of so many stretches of time. */
    private static final class Rule {
        private final Function<Instant, Object> stretch;
        private int left;
        private Object last;

        Rule(int count, Function<Instant, Object> stretch) {
            this.left = count;
            this.stretch = stretch;
        }

        boolean keeps(Instant time) {
            Object found = stretch.apply(time);
            if (left == 0 || found.equals(last)) {
                return false;
            }
            last = found;
            left--;
            return true;
        }
    }

    /** Returns whether the node has been in the trash for long enough. */
    public boolean isPurged(VersionStamp current) {
        return current.deleted() && !current.time().isAfter(now.minus(retention.trashDays(), ChronoUnit.DAYS));
    }

    /**
     * Returns the sequences of the versions that may go; never the newest.
     *
     * @param versions all versions of one node, oldest first
     */
    public List<Long> obsolete(List<VersionStamp> versions) {
        List<VersionStamp> newestFirst = versions.reversed();
        boolean purged = isPurged(newestFirst.getFirst());
        List<Rule> rules = rules();
        List<Long> obsolete = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            VersionStamp version = newestFirst.get(i);
            boolean kept = i < retention.keepLast();
            for (Rule rule : rules) {
                kept |= rule.keeps(version.time());
            }
            boolean young = i > 0 && newestFirst.get(i - 1).time().isAfter(now.minus(grace));
            if (i > 0 && (purged || !kept) && !young) {
                obsolete.add(version.sequence());
            }
        }
        return obsolete;
    }

    private List<Rule> rules() {
        return List.of(new Rule(retention.hourly(), time -> time.truncatedTo(ChronoUnit.HOURS)),
                new Rule(retention.daily(), RetentionRules::day),
                new Rule(retention.weekly(),
                        time -> day(time).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
                new Rule(retention.monthly(), time -> day(time).withDayOfMonth(1)),
                new Rule(retention.yearly(), time -> day(time).getYear()));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
