package org.tidebox.auth;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the authenticator in use. A service. */
@ProviderType
public interface AuthenticatorRegistry {
    /** The name of the swap point. */
    String POINT = "auth";

    /** Returns the authenticator in use, held until the lease is closed; waits a while if one is being replaced. */
    Lease<Authenticator> acquire();
}
