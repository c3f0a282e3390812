package org.tidebox.watch;

import org.osgi.annotation.versioning.ProviderType;

/** A tree being watched. */
@ProviderType
public interface Watch extends AutoCloseable {
    /**
     * Ends the watch; closing twice does no harm. Waits for a callback that is running in another thread, so hold no
     * lock here that the listener takes. No callback comes after this method returned.
     */
    @Override
    void close();
}
