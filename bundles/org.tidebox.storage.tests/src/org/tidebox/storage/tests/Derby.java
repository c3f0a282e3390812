package org.tidebox.storage.tests;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StorageLocation;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;

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
