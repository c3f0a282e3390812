package org.tidebox.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Sizes as people write them: a number and a unit, as {@code 50 MiB}. A size without a unit is none. */
public final class ByteSize {
    /** The units, for messages. */
    public static final String UNITS = "B, kB, MB, GB, TB (steps of 1000) or KiB, MiB, GiB, TiB (steps of 1024)";

    private static final List<String> BINARY = List.of("tib", "gib", "mib", "kib");
    private static final List<String> DECIMAL = List.of("tb", "gb", "mb", "kb");
    private static final List<String> SHOWN = List.of("TiB", "GiB", "MiB", "KiB");

    private ByteSize() {
    }

    /**
     * Reads a size.
     *
     * @return bytes
     * @throws IllegalArgumentException if it is none; the message says what is missing
     */
    public static long parse(String text) {
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && (Character.isDigit(trimmed.charAt(end)) || trimmed.charAt(end) == '.')) {
            end++;
        }
        String unit = trimmed.substring(end).strip();
        if (end == 0) {
            throw new IllegalArgumentException("'" + text + "' is no size; write a number and a unit, as 50 MiB");
        }
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("the size '" + trimmed + "' has no unit; write one of " + UNITS);
        }
        return bytes(trimmed.substring(0, end), unit);
    }

    /** Returns a size with the largest unit in which it is a whole number. */
    public static String text(long bytes) {
        for (int i = 0; i < SHOWN.size(); i++) {
            long factor = power(1024, SHOWN.size() - i);
            if (bytes != 0 && bytes % factor == 0) {
                return bytes / factor + " " + SHOWN.get(i);
            }
        }
        return bytes + " B";
    }

    private static long bytes(String number, String unit) {
        try {
            return new BigDecimal(number).multiply(BigDecimal.valueOf(factor(unit))).longValueExact();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + number + "' is no number", e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + number + " " + unit + "' is no whole number of bytes, or too many",
                    e);
        }
    }

    private static long factor(String unit) {
        String lower = unit.toLowerCase(Locale.ROOT);
        if (lower.equals("b")) {
            return 1;
        }
        int binary = BINARY.indexOf(lower);
        int decimal = DECIMAL.indexOf(lower);
        if (binary >= 0) {
            return power(1024, BINARY.size() - binary);
        }
        if (decimal >= 0) {
            return power(1000, DECIMAL.size() - decimal);
        }
        throw new IllegalArgumentException("'" + unit + "' is no unit of size; write one of " + UNITS);
    }

    private static long power(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
