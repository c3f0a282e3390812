package org.tidebox.sync.derby;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.tidebox.sync.ClientDatabase;
import org.tidebox.sync.ClientDatabaseProvider;
import org.tidebox.sync.TreeStoreException;

/** Keeps what a device remembers in an embedded Derby database. */
@Component
public final class DerbyClientDatabaseProvider implements ClientDatabaseProvider {
    @Override
    public ClientDatabase open(Path directory) throws TreeStoreException {
        return new DerbyClientDatabase(DerbyStart.open(directory));
    }
}
