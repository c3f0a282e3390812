package org.tidebox.tree;

/**
 * Texts that others chose, such as names, as a person may see them on a terminal or in a log. What would not be seen but
 * do something is written out: control characters, which move the cursor or begin another line, and those that change
 * the direction of writing (Unicode TR 36, "bidirectional text spoofing").
 *
 * <p>{@code ESC} becomes {@code \x1b}, and U+202E becomes a backslash and {@code u202e}. Other backslashes stay as they
 * are, but for those right before something that is or looks like that, which are doubled; so no two texts look the
 * same.
 */
public final class VisibleText {
    private static final String HEX = "0123456789abcdef";

    private VisibleText() {
    }

    /** Returns a text with all that is hidden in it written out; line breaks and tabs, too. */
    public static String of(String text) {
        StringBuilder out = null;
        int done = 0;
        for (int at = 0; at < text.length(); at++) {
            String shown = shown(text, at);
            if (shown != null) {
                out = out == null ? new StringBuilder(text.length() + 16) : out;
                out.append(text, done, at).append(shown);
                done = at + 1;
            }
        }
        return out == null ? text : out.append(text, done, text.length()).toString();
    }

    /** Returns whether a character cannot be seen but does something to what is around it. */
    public static boolean isHidden(char sign) {
        return sign < ' ' || sign >= 0x7f && sign <= 0x9f || sign == 0x061c || sign == 0x200e || sign == 0x200f
                || sign >= 0x2028 && sign <= 0x202e || sign >= 0x2066 && sign <= 0x2069;
    }

    private static String shown(String text, int at) {
        char sign = text.charAt(at);
        if (sign == '\\') {
            return isBeforeEscape(text, at) ? "\\\\" : null;
        }
        if (isHidden(sign) || isHalfPair(text, at)) {
            return sign <= 0xff
                    ? "\\x" + HEX.charAt(sign >> 4) + HEX.charAt(sign & 15)
                    : String.format("\\u%04x", (int) sign);
        }
        return null;
    }

    private static boolean isHalfPair(String text, int at) {
        char sign = text.charAt(at);
        return Character.isHighSurrogate(sign)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(sign) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static boolean isBeforeEscape(String text, int at) {
        int next = at;
        while (next < text.length() && text.charAt(next) == '\\') {
            next++;
        }
        return next < text.length() && (isHidden(text.charAt(next)) || isHalfPair(text, next)
                || hasDigits(text, next, 'x', 2) || hasDigits(text, next, 'u', 4));
    }

    private static boolean hasDigits(String text, int at, char first, int count) {
        if (text.charAt(at) != first || text.length() - at <= count) {
            return false;
        }
        for (int i = at + 1; i <= at + count; i++) {
            if (HEX.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
