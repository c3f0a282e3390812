package org.tidebox.storage.provider;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.feature.Lease;

/** Hands out the providers in use. A service. */
@ProviderType
public interface StorageRegistry {
    /** The name of the swap point for packs. */
    String PACKS = "storage.packs";
    /** The name of the swap point for metadata. */
    String METADATA = "storage.metadata";

    /** Returns the provider for packs, held until the lease is closed. */
    Lease<PackStoreProvider> acquirePacks();

    /** Returns the provider for metadata, held until the lease is closed. */
    Lease<MetadataStoreProvider> acquireMetadata();

    /** Calls back after a provider came, went or was chosen. */
    void onChange(Runnable listener);

    /** Ends what {@link #onChange} began. */
    void removeListener(Runnable listener);
}
