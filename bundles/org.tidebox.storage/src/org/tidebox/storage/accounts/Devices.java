package org.tidebox.storage.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;

/** The installations of all accounts. Those that were removed stay, so that their names are still known. */
@ProviderType
public interface Devices {
    /**
     * Adds a device with the hash of its token.
     *
     * @param address where it is, at most 64 characters, or {@code null}
     */
    Device add(long account, String name, String tokenHash, String address, Instant created, Instant expires)
            throws StorageException;

    /** Finds the device that has the token with this hash, expired, removed or not. */
    Optional<Device> findByToken(String tokenHash) throws StorageException;

    /**
     * Renews a token, and notes when and where the device was seen.
     *
     * @param address at most 64 characters, or {@code null}
     */
    void renew(long device, Instant lastSeen, String address, Instant expires) throws StorageException;

    /** Lists an account's devices by name, with those that were removed. */
    List<Device> list(long account) throws StorageException;

    /** Removes a device; its token is worth nothing from now on. */
    void remove(long device, Instant when) throws StorageException;
}
