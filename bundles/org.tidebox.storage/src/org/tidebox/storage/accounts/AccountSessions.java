package org.tidebox.storage.accounts;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;

/** The sessions of people who have logged in without a device. Those that have expired go by themselves. */
@ProviderType
public interface AccountSessions {
    /** Begins a session that is known by the hash of its token. */
    AccountSession add(long account, String tokenHash, Instant created, Instant expires) throws StorageException;

    /** Finds the session that has the token with this hash, expired or not. */
    Optional<AccountSession> find(String tokenHash) throws StorageException;

    /** Renews a session, and notes when it was used. */
    void renew(String tokenHash, Instant lastSeen, Instant expires) throws StorageException;

    /** Ends a session, if it is there. */
    void remove(String tokenHash) throws StorageException;

    /**
     * Ends the sessions of an account.
     *
     * @return how many there were
     */
    int removeAll(long account) throws StorageException;
}
