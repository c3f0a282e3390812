package org.tidebox.cli.internal.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people read them. */
public final class Units {
    private static final String[] NAMES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;
    /** From here on the next unit is used, so that no number has more than four digits with its fraction. */
    private static final double LIMIT = 999.95;

    private Units() {
    }

    /** Returns bytes in the unit that fits, such as {@code 1.5 MiB}. */
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= LIMIT && unit < NAMES.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, NAMES[unit]);
    }

    /** Returns a whole number with its thousands set apart. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a number of things, such as {@code 1 file} or {@code 3 files}. */
    public static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Returns a number of things whose names differ by more than an s. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** Returns a short time, such as {@code 87 ms}, {@code 4.2 s} or {@code 3 min 05 s}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (duration.toHours() == 0) {
            return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    /** Returns a moment given in ISO 8601 as the local time to the second, such as {@code 2026-02-14 10:00:00}. */
    public static String moment(String iso, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.parse(iso), zone).format(
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT));
    }

    /**
     * Reads a size such as {@code 500}, {@code 10K}, {@code 1.5 GiB}; units are powers of 1,024.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static long parseBytes(String text) {
        Matcher match = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s*([kmgtp]?)(?:i?b)?")
                .matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size; write 500M, 20GiB, or 0 for no limit");
        }
        double value = Double.parseDouble(match.group(1));
        for (int power = " kmgtp".indexOf(match.group(2).isEmpty() ? " " : match.group(2)); power > 0; power--) {
            value *= STEP;
        }
        return Math.round(value);
    }
}
