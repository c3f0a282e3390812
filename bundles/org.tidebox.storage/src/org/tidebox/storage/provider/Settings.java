package org.tidebox.storage.provider;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;

/** Small facts that must survive a restart. */
@ProviderType
public interface Settings {
    /** Returns a fact. */
    Optional<String> get(String key) throws StorageException;

    /** Stores a fact. */
    void put(String key, String value) throws StorageException;
}
