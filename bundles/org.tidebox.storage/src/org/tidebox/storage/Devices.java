package org.tidebox.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The installations of all accounts. */
public interface Devices {
    /** Adds a device with the hash of its token. */
    Device add(long account, String name, String tokenHash, Instant created, Instant expires) throws StorageException;

    /** Finds the device that has the token with this hash, expired or not. */
    Optional<Device> findByToken(String tokenHash) throws StorageException;

    /** Renews a token. */
    void renew(long device, Instant lastSeen, Instant expires) throws StorageException;

    /** Lists an account's devices by name. */
    List<Device> list(long account) throws StorageException;

    /** Removes a device; its token is worth nothing from now on. */
    void remove(long device) throws StorageException;
}
