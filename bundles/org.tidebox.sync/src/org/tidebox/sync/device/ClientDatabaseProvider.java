package org.tidebox.sync.device;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens client databases. A service. */
@ProviderType
public interface ClientDatabaseProvider {
    /**
     * Opens the database in a directory, and makes both if they are not there; only the owner may enter the directory.
     *
     * @throws TreeStoreException if another process has it open ({@link TreeStoreException.Reason#LOCKED}) or it is
     *        damaged
     */
    ClientDatabase open(Path directory) throws TreeStoreException;
}
