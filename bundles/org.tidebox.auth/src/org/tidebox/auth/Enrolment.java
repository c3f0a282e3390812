package org.tidebox.auth;

import org.osgi.annotation.versioning.ProviderType;

/** Sets what an account proves itself with. A service, beside those authenticators that keep secrets of their own. */
@ProviderType
public interface Enrolment {
    /**
     * Checks whether {@link #enrol} would take this secret; changes nothing.
     *
     * @throws AuthException if the secret is too weak
     */
    void check(char[] secret) throws AuthException;

    /**
     * Makes this the account's secret in place of an earlier one, and wipes the array in any case.
     *
     * @throws AuthException if the secret is too weak, or could not be stored
     */
    void enrol(String account, char[] secret) throws AuthException;
}
