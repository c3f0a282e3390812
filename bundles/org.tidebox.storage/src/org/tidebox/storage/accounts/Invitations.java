package org.tidebox.storage.accounts;

import java.time.Instant;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;

/** Join codes that were given out. */
@ProviderType
public interface Invitations {
    /** Stores the hash of a code's secret. */
    void add(long account, String secretHash, Instant expires) throws StorageException;

    /**
     * Uses a code up; of several at once only one succeeds. Returns the account, or nothing if it is unknown, used or
     * expired.
     */
    OptionalLong redeem(String secretHash, Instant now) throws StorageException;

    /** Withdraws all open codes of an account. */
    void withdraw(long account) throws StorageException;
}
