package org.tidebox.storage.provider;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;

/** Opens metadata stores of one technology. A service. */
@ProviderType
public interface MetadataStoreProvider {
    /** The service property that holds {@link #name()}. */
    String PROVIDER = "tidebox.provider";

    /** Returns the technology's name, such as {@code jdbc}. */
    String name();

    /**
     * Opens the store, making or migrating its tables where needed.
     *
     * @throws StorageException if it cannot be opened: in use by another process, corrupt, or from a newer version
     */
    MetadataStore open(StorageLocation location) throws StorageException;
}
