package org.tidebox.storage;

import java.util.Optional;

/** Small facts that must survive a restart. */
public interface Settings {
    /** Returns a fact. */
    Optional<String> get(String key) throws StorageException;

    /** Stores a fact. */
    void put(String key, String value) throws StorageException;
}
