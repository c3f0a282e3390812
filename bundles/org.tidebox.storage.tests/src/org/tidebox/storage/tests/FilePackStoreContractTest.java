package org.tidebox.storage.tests;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.PackStore;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StorageLocation;
import org.tidebox.storage.file.FilePackStoreProvider;

/** Packs as files keep the contract. */
final class FilePackStoreContractTest extends PackStoreContract {
    @TempDir
    Path data;

    @Override
    protected PackStore open() throws StorageException {
        return new FilePackStoreProvider().open(new StorageLocation(data, Map.of()));
    }
}
