package org.tidebox.watch.nio;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.osgi.annotation.versioning.ProviderType;

/** How a folder is handed to the system. */
@ProviderType
public interface Registration {
    /** Returns whether registering a folder covers everything below it too. */
    boolean coversSubtree();

    /**
     * Registers one folder for all kinds of events. Registering a folder again returns the same key.
     *
     * @throws UnsupportedOperationException if the system has no such registration
     */
    WatchKey register(Path folder, WatchService service) throws IOException;
}
