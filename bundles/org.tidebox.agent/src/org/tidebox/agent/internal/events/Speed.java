package org.tidebox.agent.internal.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something goes, over the last seconds. */
final class Speed {
    private static final Duration SPAN = Duration.ofSeconds(8);
    /** What was looked at for less than this says nothing about what is to come. */
    private static final Duration SOUND = Duration.ofSeconds(2);

    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(Instant time, long done) {
    }

    /** So much is done by now; less than before means that something else has begun. */
    void mark(Instant time, long done) {
        if (!marks.isEmpty() && (done < marks.getLast().done || time.isBefore(marks.getLast().time))) {
            marks.clear();
        }
        marks.addLast(new Mark(time, done));
        while (marks.size() > 2 && Duration.between(marks.getFirst().time, time).compareTo(SPAN) > 0) {
            marks.removeFirst();
        }
    }

    /** Nothing goes on any more. */
    void stop() {
        marks.clear();
    }

    /** Returns how much is done in a second; 0 where that is not known yet. */
    long perSecond() {
        long millis = span().toMillis();
        return millis == 0 ? 0 : (marks.getLast().done - marks.getFirst().done) * 1_000 / millis;
    }

    /** Returns how long the rest will take; {@code null} where nobody can say. */
    Duration left(long rest) {
        long perSecond = perSecond();
        return span().compareTo(SOUND) < 0 || perSecond == 0 || rest <= 0
                ? null
                : Duration.ofSeconds((rest + perSecond - 1) / perSecond);
    }

    private Duration span() {
        return marks.isEmpty() ? Duration.ZERO : Duration.between(marks.getFirst().time, marks.getLast().time);
    }
}
