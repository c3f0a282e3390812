package org.tidebox.auth;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A way to prove which account is one's own; there may be several, which are asked one after the other. Knows nothing of throttling: who calls it does. Thread-safe. A service.
 */
@ProviderType
public interface Authenticator {
    /** The service property that holds {@link #name()}. */
    String PROVIDER = "tidebox.provider";

    /** Returns the name by which operators choose this authenticator. */
    String name();

    /**
     * Checks credentials, and wipes their secret in any case; those of a kind that it does not know are wrong. Takes the same
     * time whether or not there is such an account.
     *
     * @return the account's name
     * @throws AuthException if they do not prove it, or could not be checked
     */
    String authenticate(Credentials credentials) throws AuthException;
}
