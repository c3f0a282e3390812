package org.tidebox.auth;

import java.util.Arrays;

/** An account and its password. */
public final class PasswordCredentials implements Credentials {
    private final String account;
    private final char[] secret;

    /**
     * Takes the given values.
     *
     * @param account the account's name as typed
     * @param secret kept, not copied, so that there is one array to wipe
     */
    public PasswordCredentials(String account, char[] secret) {
        this.account = account;
        this.secret = secret;
    }

    @Override
    public String account() {
        return account;
    }

    /** Returns the secret itself, not a copy. */
    public char[] secret() {
        return secret;
    }

    @Override
    public PasswordCredentials copy() {
        return new PasswordCredentials(account, secret.clone());
    }

    @Override
    public void wipe() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
        return "Password of " + account;
    }
}
