package org.tidebox.rules;

/** A condition cannot be used; the message says where and why. */
public final class ConditionException extends Exception {
    private static final long serialVersionUID = 1;

    private final String condition;
    private final int position;

    /**
     * Makes one.
     *
     * @param condition the text
     * @param position where in it, from 0
     * @param problem what is wrong there
     */
    public ConditionException(String condition, int position, String problem) {
        super(problem + " (at character " + (position + 1) + " of '" + condition + "')");
        this.condition = condition;
        this.position = position;
    }

    /** Returns the text of the condition. */
    public String condition() {
        return condition;
    }

    /** Returns the place of what is wrong in the text, from 0. */
    public int position() {
        return position;
    }
}
