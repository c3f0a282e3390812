package org.tidebox.cli.internal.text;

/** Colours, where they are wanted; else plain text. */
public final class Ink {
    private static final String RESET = "\u001b[0m";

    private final boolean on;

    /** Makes ink that colours or does not. */
    public Ink(boolean on) {
        this.on = on;
    }

    /** Returns the text as a headline. */
    public String bold(String text) {
        return paint("1", text);
    }

    /** Returns the text as something that matters less. */
    public String dim(String text) {
        return paint("2", text);
    }

    /** Returns the text as good news. */
    public String good(String text) {
        return paint("32", text);
    }

    /** Returns the text as something that a person should look at. */
    public String warn(String text) {
        return paint("33", text);
    }

    /** Returns the text as bad news. */
    public String bad(String text) {
        return paint("31", text);
    }

    /** Returns the text as something that happens. */
    public String accent(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
