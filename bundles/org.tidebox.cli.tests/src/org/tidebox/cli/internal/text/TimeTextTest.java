package org.tidebox.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Times as people write them. */
@Tag("P5")
class TimeTextTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));
    private static final ZoneId ZONE = ZoneId.of("Europe/Vienna");

    @Test
    void pastIsNamedRelatively() {
        assertThat(parse("90s")).isEqualTo("2026-03-10T11:58:30Z");
        assertThat(parse("5min")).isEqualTo("2026-03-10T11:55:00Z");
        assertThat(parse("2h")).isEqualTo("2026-03-10T10:00:00Z");
        assertThat(parse("3 d ago")).isEqualTo("2026-03-07T12:00:00Z");
        assertThat(parse("1w")).isEqualTo("2026-03-03T12:00:00Z");
        assertThat(parse("yesterday")).isEqualTo("2026-03-08T23:00:00Z");
        assertThat(parse("today")).isEqualTo("2026-03-09T23:00:00Z");
    }

    @Test
    void datesAndTimesAreLocalUnlessTheySayOtherwise() {
        assertThat(parse("2026-01-31")).isEqualTo("2026-01-30T23:00:00Z");
        assertThat(parse("2026-01-31 10:00")).isEqualTo("2026-01-31T09:00:00Z");
        assertThat(parse("2026-01-31T10:00:30")).isEqualTo("2026-01-31T09:00:30Z");
        assertThat(parse("2026-01-31T10:00:00Z")).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(parse("2026-01-31T10:00:00+05:00")).isEqualTo("2026-01-31T05:00:00Z");
    }

    @Test
    void aTimeAloneIsOneOfToday() {
        assertThat(parse("12:46")).isEqualTo("2026-03-10T11:46:00Z");
        assertThat(parse("00:00:30")).isEqualTo("2026-03-09T23:00:30Z");
        assertThatThrownBy(() -> parse("13:46")).hasMessageContaining("in the future");
    }

    @Test
    void nonsenseAndTheFutureAreRefused() {
        for (String text : new String[]{"", "soon", "2026-13-01", "5 parsecs", "-2h", "25:00", "7:5"}) {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no time");
        }
        assertThatThrownBy(() -> parse("2027-01-01")).hasMessageContaining("in the future");
    }

    private static Instant parse(String text) {
        return TimeText.parse(text, CLOCK, ZONE);
    }
}
