package org.tidebox.storage.provider;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackStore;

/** Opens pack stores of one technology. A service. */
@ProviderType
public interface PackStoreProvider {
    /** The service property that holds {@link #name()}. */
    String PROVIDER = "tidebox.provider";

    /** Returns the technology's name, such as {@code file}. */
    String name();

    /**
     * Opens the store, making it on first use and mending what a crash left half written.
     *
     * @throws StorageException if it cannot be opened, for instance because another process has it
     */
    PackStore open(StorageLocation location) throws StorageException;
}
