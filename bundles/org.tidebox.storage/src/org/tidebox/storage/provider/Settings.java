package org.tidebox.storage.provider;

import java.util.Optional;
import org.tidebox.storage.StorageException;

/** Small facts that must survive a restart. */
public interface Settings {
    /** Returns a fact. */
    Optional<String> get(String key) throws StorageException;

    /** Stores a fact. */
    void put(String key, String value) throws StorageException;
}
