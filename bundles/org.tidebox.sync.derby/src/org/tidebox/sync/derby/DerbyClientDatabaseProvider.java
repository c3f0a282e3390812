package org.tidebox.sync.derby;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.ClientDatabaseProvider;
import org.tidebox.sync.device.TreeStoreException;

/** Keeps what a device remembers in an embedded Derby database. */
@Component
public final class DerbyClientDatabaseProvider implements ClientDatabaseProvider {
    private static final int FEW = 100;
    private static final Duration REST = Duration.ofSeconds(3);

    private final int few;
    private final Duration rest;

    /** Makes the provider. */
    public DerbyClientDatabaseProvider() {
        this(FEW, REST);
    }

    /**
     * Makes a provider that writes out what is big at another size and time.
     *
     * @param few updates of so many rows and more are big
     * @param rest how long nobody must have written
     */
    public DerbyClientDatabaseProvider(int few, Duration rest) {
        this.few = few;
        this.rest = rest;
    }

    @Override
    public ClientDatabase open(Path directory) throws TreeStoreException {
        return new DerbyClientDatabase(DerbyStart.open(directory), few, rest);
    }
}
