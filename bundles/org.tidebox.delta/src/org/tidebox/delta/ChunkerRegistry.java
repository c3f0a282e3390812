package org.tidebox.delta;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the chunker in use. A service. */
@ProviderType
public interface ChunkerRegistry {
    /** The name of the swap point. */
    String POINT = "delta";

    /** Returns the chunker in use, held until the lease is closed; waits a while if one is being replaced. */
    Lease<Chunker> acquire();
}
