package org.tidebox.auth;

import java.util.Arrays;

/** What somebody shows to prove which account is theirs. Never prints its secret. */
public final class Credentials {
    private final String account;
    private final char[] secret;

    /**
     * Takes the given values.
     *
     * @param account the account's name as typed
     * @param secret kept, not copied, so that there is one array to wipe
     */
    public Credentials(String account, char[] secret) {
        this.account = account;
        this.secret = secret;
    }

    /** Returns the account's name as typed. */
    public String account() {
        return account;
    }

    /** Returns the secret itself, not a copy. */
    public char[] secret() {
        return secret;
    }

    /** Overwrites the secret. */
    public void wipe() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public String toString() {
        return "Credentials of " + account;
    }
}
