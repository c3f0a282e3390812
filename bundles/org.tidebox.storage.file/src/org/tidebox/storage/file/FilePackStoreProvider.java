package org.tidebox.storage.file;

import org.osgi.service.component.annotations.Component;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;

/** Keeps packs as files below the folder {@code packs} of the server's data. */
@Component(property = PackStoreProvider.PROVIDER + "=" + FilePackStoreProvider.NAME)
public final class FilePackStoreProvider implements PackStoreProvider {
    /** The name of the provider. */
    public static final String NAME = "file";
    private static final String FOLDER = "packs";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PackStore open(StorageLocation location) throws StorageException {
        return FilePackStore.open(location.data().resolve(FOLDER), PackDisk.REAL);
    }
}
