package org.tidebox.server.tests;

import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.provider.StorageRegistry;

/** A registry outside any framework, with the real providers to begin with. */
public final class TestStorage implements StorageRegistry {
    public final SwapPoint<PackStoreProvider> packs = new SwapPoint<>(PACKS);
    public final SwapPoint<MetadataStoreProvider> metadata = new SwapPoint<>(METADATA);

    public TestStorage() {
        packs.add(FilePackStoreProvider.NAME, 0, new FilePackStoreProvider());
        metadata.add(JdbcMetadataStoreProvider.NAME, 0, new JdbcMetadataStoreProvider());
    }

    /** Stands before the real stores. */
    @FunctionalInterface
    public interface Front {
        /** Returns what callers see. */
        <T> T of(Class<T> api, T store);
    }

    /** Makes a registry of the real providers, whose stores are seen through something. */
    public static TestStorage behind(Front front) {
        TestStorage storage = new TestStorage();
        storage.packs.add("seen through", 10, new PackStoreProvider() {
            @Override
            public String name() {
                return FilePackStoreProvider.NAME;
            }

            @Override
            public PackStore open(StorageLocation location) throws StorageException {
                return front.of(PackStore.class, new FilePackStoreProvider().open(location));
            }
        });
        storage.metadata.add("seen through", 10, new MetadataStoreProvider() {
            @Override
            public String name() {
                return JdbcMetadataStoreProvider.NAME;
            }

            @Override
            public MetadataStore open(StorageLocation location) throws StorageException {
                return front.of(MetadataStore.class, new JdbcMetadataStoreProvider().open(location));
            }
        });
        return storage;
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
