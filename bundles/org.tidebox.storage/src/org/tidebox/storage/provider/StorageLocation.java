package org.tidebox.storage.provider;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a store is opened.
 *
 * @param data the server's data folder; a store that keeps files uses a folder of its own below it
 * @param options what the operator configured, such as {@code metadata.url}, {@code metadata.user}, {@code
 *        metadata.password}; empty for the embedded default
 */
public record StorageLocation(Path data, Map<String, String> options) {
    /** Freezes the options. */
    public StorageLocation {
        options = Map.copyOf(options);
    }
}
