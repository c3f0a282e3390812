package org.tidebox.server.tests;

import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.storage.MetadataStoreProvider;
import org.tidebox.storage.PackStoreProvider;
import org.tidebox.storage.StorageRegistry;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;

/** A registry outside any framework, with the real providers to begin with. */
final class TestStorage implements StorageRegistry {
    final SwapPoint<PackStoreProvider> packs = new SwapPoint<>(PACKS);
    final SwapPoint<MetadataStoreProvider> metadata = new SwapPoint<>(METADATA);

    TestStorage() {
        packs.add(FilePackStoreProvider.NAME, 0, new FilePackStoreProvider());
        metadata.add(JdbcMetadataStoreProvider.NAME, 0, new JdbcMetadataStoreProvider());
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
