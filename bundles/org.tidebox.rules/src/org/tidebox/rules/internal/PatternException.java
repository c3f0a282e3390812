package org.tidebox.rules.internal;

/** A pattern is none. */
public final class PatternException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    PatternException(int position, String problem) {
        super(problem);
        this.position = position;
    }

    /** Returns where, from 0. */
    public int position() {
        return position;
    }
}
