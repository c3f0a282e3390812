package org.tidebox.feature;

/** A swap point or provider that is not there. Trying again helps only after something was installed. */
public final class UnknownFeatureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what was asked for and what there is. */
    public UnknownFeatureException(String message) {
        super(message);
    }
}
