package org.tidebox.cli.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a time of the past the way people write one. */
public final class TimeText {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*(s|min|m|h|d|w)(?:\\s+ago)?");
    private static final Map<String, ChronoUnit> UNITS = Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "min",
            ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS, "w", ChronoUnit.WEEKS);
    private static final List<Function<String, Instant>> ABSOLUTE = List.of(Instant::parse,
            text -> OffsetDateTime.parse(text).toInstant());

    private TimeText() {
    }

    /**
     * Returns the moment that a text means: {@code 2h}, {@code 3d}, {@code 1w} (ago), {@code yesterday} and {@code today}
     * (as they began), a time of today, a date (as it began), or a date and time, local unless it says otherwise.
     *
     * @throws IllegalArgumentException if it is none of these, or in the future; the message is for a person
     */
    public static Instant parse(String text, InstantSource clock, ZoneId zone) {
        String given = text.strip();
        Instant now = clock.instant();
        Instant found = ago(given, now, zone).or(() -> local(given, now, zone)).or(() -> absolute(given))
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is no time; write 2h, 3d, yesterday, 13:46, 2026-01-31, '2026-01-31 10:00' or a time in ISO 8601"));
        if (found.isAfter(now)) {
            throw new IllegalArgumentException("'" + text + "' is in the future; name a time of the past");
        }
        return found;
    }

    private static Optional<Instant> ago(String text, Instant now, ZoneId zone) {
        Matcher match = AGO.matcher(text.toLowerCase(Locale.ROOT));
        return match.matches()
                ? Optional.of(now.atZone(zone).minus(Long.parseLong(match.group(1)), UNITS.get(match.group(2)))
                        .toInstant())
                : Optional.empty();
    }

    private static Optional<Instant> local(String text, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "now" -> Optional.of(now);
            case "today" -> Optional.of(today.atStartOfDay(zone).toInstant());
            case "yesterday" -> Optional.of(today.minusDays(1).atStartOfDay(zone).toInstant());
            default -> ofToday(text, today, zone).or(() -> written(text.replace(' ', 'T'), zone));
        };
    }

    private static Optional<Instant> ofToday(String text, LocalDate today, ZoneId zone) {
        try {
            return Optional.of(LocalTime.parse(text).atDate(today).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> written(String text, ZoneId zone) {
        try {
            LocalDateTime local = text.indexOf('T') < 0
                    ? LocalDateTime.of(LocalDate.parse(text), LocalTime.MIDNIGHT)
                    : LocalDateTime.parse(text);
            return Optional.of(local.atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> absolute(String text) {
        for (Function<String, Instant> reader : ABSOLUTE) {
            try {
                return Optional.of(reader.apply(text.replace(' ', 'T')));
            } catch (DateTimeException e) {
                continue;
            }
        }
        return Optional.empty();
    }
}
