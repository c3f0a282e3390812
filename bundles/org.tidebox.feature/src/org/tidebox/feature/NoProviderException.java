package org.tidebox.feature;

/** A swap point stayed without a provider for longer than a replacement takes. Trying again later may help. */
public final class NoProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the empty swap point. */
    public NoProviderException(String point) {
        super("No provider for '" + point + "' is installed and running; see 'tidebox feature list'");
    }
}
