package org.tidebox.watch;

/** A tree being watched. */
public interface Watch extends AutoCloseable {
    /**
     * Ends the watch; closing twice does no harm. Waits for a callback that is running in another thread, so hold no
     * lock here that the listener takes. No callback comes after this method returned.
     */
    @Override
    void close();
}
