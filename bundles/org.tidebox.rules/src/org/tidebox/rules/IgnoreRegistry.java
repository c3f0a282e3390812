package org.tidebox.rules;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the reader of ignore files in use. A service. */
@ProviderType
public interface IgnoreRegistry {
    /** The name of the swap point. */
    String POINT = "rules.ignore";

    /** Returns the reader in use, held until the lease is closed; waits a while if one is being replaced. */
    Lease<IgnoreProvider> acquire();
}
