package org.tidebox.rules;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long, as people write it: a whole number and a unit, as {@code 30 days}. */
public final class TimeSpan {
    /** The units, for messages. */
    public static final String UNITS = "minutes, hours, days, weeks";

    private static final Map<String, Duration> FACTORS = new LinkedHashMap<>();
    static {
        FACTORS.put("weeks", Duration.ofDays(7));
        FACTORS.put("days", Duration.ofDays(1));
        FACTORS.put("hours", Duration.ofHours(1));
        FACTORS.put("minutes", Duration.ofMinutes(1));
    }

    private TimeSpan() {
    }

    /**
     * Puts a number and a unit together.
     *
     * @throws IllegalArgumentException if there is no such unit, or it is too long
     */
    public static Duration of(String number, String unit) {
        String plural = unit.toLowerCase(Locale.ROOT);
        Duration factor = FACTORS.get(plural.endsWith("s") ? plural : plural + "s");
        if (factor == null) {
            throw new IllegalArgumentException(unit.isEmpty()
                    ? "the age '" + number + "' has no unit; write one of " + UNITS
                    : "'" + unit + "' is no unit of age; write one of " + UNITS);
        }
        try {
            int count = Integer.parseInt(number);
            return factor.multipliedBy(count);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + number + "' is no whole number of " + plural, e);
        }
    }

    /** Returns a time with the largest unit in which it is a whole number; it has to be one of minutes. */
    public static String text(Duration span) {
        for (Map.Entry<String, Duration> unit : FACTORS.entrySet()) {
            if (!span.isZero() && span.toSeconds() % unit.getValue().toSeconds() == 0) {
                return span.dividedBy(unit.getValue()) + " " + unit.getKey();
            }
        }
        return span.toMinutes() + " minutes";
    }
}
