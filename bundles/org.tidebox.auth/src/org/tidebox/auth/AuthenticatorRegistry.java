package org.tidebox.auth;

import org.osgi.annotation.versioning.ProviderType;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the authenticators. A service. */
@ProviderType
public interface AuthenticatorRegistry {
    /** The name of the swap point. */
    String POINT = "auth";

    /**
     * Returns all authenticators, each held until its lease is closed: the one that was chosen first, then the others by
     * ranking. Waits a while if there is none because one is being replaced.
     */
    List<Lease<Authenticator>> acquireAll();
}
