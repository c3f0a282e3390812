package org.tidebox.watch;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the watcher in use. A service. */
@ProviderType
public interface WatcherRegistry {
    /** The name of the swap point. */
    String POINT = "watch";

    /**
     * Returns the watcher in use, held until the lease is closed; waits a while if one is being replaced. A lease is
     * held as long as the watches made with it: {@link #onChange} tells when to close them and to acquire anew.
     */
    Lease<Watcher> acquire();

    /**
     * Returns another watcher than the given one, for a tree which that one could not watch; empty if there is no
     * other.
     *
     * @param failed the name of the provider that failed
     */
    Optional<Lease<Watcher>> acquireOther(String failed);

    /** Calls back after each change of the providers or of the choice. */
    void onChange(Runnable listener);

    /** Ends what {@link #onChange} began. */
    void removeListener(Runnable listener);
}
