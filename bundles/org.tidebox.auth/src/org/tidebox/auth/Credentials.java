package org.tidebox.auth;

import org.osgi.annotation.versioning.ProviderType;

/** What somebody shows to prove which account is theirs; of each kind there is a class. Never prints its secret. */
@ProviderType
public sealed interface Credentials permits PasswordCredentials {
    /** Returns the account's name as it was claimed. */
    String account();

    /** Returns the same with a secret of its own, for one of several who wipe it. */
    Credentials copy();

    /** Overwrites the secret. */
    void wipe();
}
