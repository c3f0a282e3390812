package org.tidebox.storage.tests.jdbc;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.StorageLocation;

/** Opens the embedded database in a folder and closes it after the test. */
final class Derby implements AfterEachCallback {
    private MetadataStore store;

    MetadataStore open(Path data) throws StorageException {
        store = new JdbcMetadataStoreProvider().open(new StorageLocation(data, Map.of()));
        return store;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    void close() {
        if (store != null) {
            store.close();
        }
    }
}
