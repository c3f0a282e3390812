package org.tidebox.storage.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.feature.Lease;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageRegistry;

/** Both swap points of storage in one. */
@Component
public final class StorageTracker implements StorageRegistry {
    private final PackTracker packs;
    private final MetadataTracker metadata;

    /** Joins the two. */
    @Activate
    public StorageTracker(@Reference PackTracker packs, @Reference MetadataTracker metadata) {
        this.packs = packs;
        this.metadata = metadata;
    }

    @Override
    public Lease<PackStoreProvider> acquirePacks() {
        return packs.acquire();
    }

    @Override
    public Lease<MetadataStoreProvider> acquireMetadata() {
        return metadata.acquire();
    }

    @Override
    public void onChange(Runnable listener) {
        packs.onChange(listener);
        metadata.onChange(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        packs.removeListener(listener);
        metadata.removeListener(listener);
    }
}
