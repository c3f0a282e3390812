package org.tidebox.storage.tests.file;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.tests.contract.PackStoreContract;

/** Packs as files keep the contract. */
final class FilePackStoreContractTest extends PackStoreContract {
    @TempDir
    Path data;

    @Override
    protected PackStore open() throws StorageException {
        return new FilePackStoreProvider().open(new StorageLocation(data, Map.of()));
    }
}
