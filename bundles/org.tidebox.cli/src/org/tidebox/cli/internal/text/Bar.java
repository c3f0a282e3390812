package org.tidebox.cli.internal.text;

import java.util.Locale;

/** A bar that fills from left to right in steps of an eighth of a character. */
public final class Bar {
    private static final String PARTS = " ▏▎▍▌▋▊▉█";
    private static final int STEPS = 8;

    private Bar() {
    }

    /** Returns a bar of the given number of characters; {@code done} beyond {@code total} counts as full, a total of 0 as well. */
    public static String of(long done, long total, int width) {
        int eighths = (int) Math.round(fraction(done, total) * width * STEPS);
        StringBuilder bar = new StringBuilder("▕");
        for (int i = 0; i < width; i++) {
            bar.append(PARTS.charAt(Math.max(0, Math.min(STEPS, eighths - i * STEPS))));
        }
        return bar.append("▏").toString();
    }

    /** Returns how far it is, such as {@code  54 %}; always as wide as {@code 100 %}. */
    public static String percent(long done, long total) {
        return String.format(Locale.ROOT, "%3d %%", (int) Math.floor(100 * fraction(done, total)));
    }

    private static double fraction(long done, long total) {
        return total <= 0 ? 1 : Math.max(0, Math.min(1, (double) done / total));
    }
}
