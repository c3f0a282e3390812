package org.tidebox.delta;

/** A recipe that does not add up, although its chunks are intact: whoever wrote it made a mistake or means harm. */
public final class CorruptRecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says which part is wrong, what was expected and found. */
    public CorruptRecipeException(String message) {
        super(message);
    }

    /** Returns whether trying again is pointless: always. */
    public boolean isPermanent() {
        return true;
    }
}
