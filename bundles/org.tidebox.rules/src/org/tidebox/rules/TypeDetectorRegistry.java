package org.tidebox.rules;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the detector of types in use. A service. */
@ProviderType
public interface TypeDetectorRegistry {
    /** The name of the swap point. */
    String POINT = "rules.types";

    /** Returns the detector in use, held until the lease is closed; waits a while if one is being replaced. */
    Lease<TypeDetector> acquire();
}
