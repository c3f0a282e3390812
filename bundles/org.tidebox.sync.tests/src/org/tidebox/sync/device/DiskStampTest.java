package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskStampTest {
    private static final long SECOND = 1_000_000_000L;
    private static final StampResolution ONE_SECOND = new StampResolution(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private static DiskStamp stamp(long mtime, long ctime) {
        return new DiskStamp(7, mtime * SECOND, ctime * SECOND, 0644, "12");
    }

    /** Times in seconds; the clock of the file system says 100. */
    @ParameterizedTest
    @CsvSource({"50, 99, false", "50, 100, true", "99, 99, false", "100, 100, true", "50, 101, true",
            "102, 99, true", "103, 99, false", "50, 0, false", "100, 0, true", "-9000000000, 50, false",
            "9000000000, 50, false"})
    void isYoungWhileAnEditCanLeaveTheSameTimes(long mtime, long ctime, boolean isYoung) {
        assertThat(stamp(mtime, ctime).isYoung(stamp(100, 100), ONE_SECOND)).isEqualTo(isYoung);
    }

    @Test
    void countsAsYoungForTwoSecondsWhereNothingIsKnown() {
        assertThat(stamp(50, 99).isYoung(stamp(100, 100), StampResolution.UNKNOWN)).isTrue();
        assertThat(stamp(50, 98).isYoung(stamp(100, 100), StampResolution.UNKNOWN)).isFalse();
    }

    @Test
    void eachTimeHasItsOwnResolution() {
        StampResolution resolution = new StampResolution(Duration.ofSeconds(2), Duration.ofMillis(4));
        assertThat(stamp(99, 50).isYoung(stamp(100, 100), resolution)).isTrue();
        assertThat(stamp(50, 99).isYoung(stamp(100, 100), resolution)).isFalse();
    }

    @Test
    void whatWeWroteIsYoungWhereItsTimeIsThatOfTheWriting() {
        assertThat(stamp(100, 100).isYoungAsWritten(ONE_SECOND)).isTrue();
        assertThat(stamp(99, 100).isYoungAsWritten(ONE_SECOND)).isFalse();
        assertThat(stamp(101, 100).isYoungAsWritten(ONE_SECOND)).isTrue();
    }

    @Test
    void aDoubtfulOneMatchesNothingAndMayMatchWhatDiffersInNothingElse() {
        DiskStamp stamp = stamp(50, 60);
        assertThat(stamp.matches(stamp)).isTrue();
        assertThat(stamp.doubtful().isDoubtful()).isTrue();
        assertThat(stamp.doubtful().matches(stamp)).isFalse();
        assertThat(stamp.doubtful().matches(stamp.doubtful())).isFalse();
        assertThat(stamp.doubtful().mayMatch(stamp)).isTrue();
        assertThat(stamp.doubtful().mayMatch(stamp(51, 60))).isFalse();
        assertThat(stamp.mayMatch(stamp(50, 61))).isFalse();
    }

    @Test
    void aChangeOfOursKeepsAStampUnlessSomebodyElseChangedTheEntry() {
        DiskStamp before = stamp(50, 60);
        assertThat(before.kept(stamp(50, 61))).isEqualTo(stamp(50, 61));
        assertThat(before.kept(stamp(51, 61)).isDoubtful()).isTrue();
        assertThat(before.doubtful().kept(stamp(50, 61)).isDoubtful()).isTrue();
        assertThat(before.unlessChanged(stamp(50, 60))).isEqualTo(before);
        assertThat(before.unlessChanged(stamp(50, 61)).isDoubtful()).isTrue();
    }
}
