package org.tidebox.auth;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps, for each account, what its secret is checked against. A service that the server implements over its database.
 */
@ConsumerType
public interface VerifierStore {
    /**
     * Returns the account's verifier, a printable text of at most 500 characters; empty if there is no such account or
     * none was stored.
     *
     * @throws AuthException if the store cannot be read now
     */
    Optional<String> find(String account) throws AuthException;

    /**
     * Keeps a verifier in place of an earlier one.
     *
     * @throws AuthException if there is no such account, or the store cannot be written now
     */
    void store(String account, String verifier) throws AuthException;
}
