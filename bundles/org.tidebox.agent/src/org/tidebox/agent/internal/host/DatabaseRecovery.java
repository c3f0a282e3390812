package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.Home;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.ClientDatabaseProvider;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/**
 * Opens the database of a home. A damaged one is moved aside, and a new one gets login and folders from the copy beside
 * it; what is in the folders it learns again from them and from the server.
 */
final class DatabaseRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRecovery.class);
    private static final String ASIDE = ".damaged-";

    private final Home home;
    private final ClientDatabaseProvider provider;

    DatabaseRecovery(Home home, ClientDatabaseProvider provider) {
        this.home = home;
        this.provider = provider;
    }

    /**
     * Opens the database; the caller owns the home.
     *
     * @throws TreeStoreException if another process uses it, or it fails for a reason that moving it aside would not mend
     */
    ClientDatabase open() throws TreeStoreException, IOException {
        try {
            return openOnce();
        } catch (TreeStoreException e) {
            if (e.getReason() != Reason.DAMAGED) {
                throw e;
            }
            Path aside = moveAside();
            LOG.error("Moved to {}: {}", aside, e.getMessage());
            return openOnce();
        }
    }

    /** Returns what a person should know about databases that were moved aside; {@code null} if there is none. */
    static String notice(Home home) {
        List<String> aside = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(home.root(), home.database().getFileName() + ASIDE
                + "*")) {
            found.forEach(path -> aside.add(path.toString()));
        } catch (IOException e) {
            LOG.debug("{} cannot be listed: {}", home.root(), e.getMessage());
        }
        Collections.sort(aside);
        return aside.isEmpty()
                ? null
                : "The device's database was damaged, and was built anew from the folders and the server."
                        + " Once all is well, delete the damaged one: " + String.join(", ", aside);
    }

    private ClientDatabase openOnce() throws TreeStoreException {
        ClientDatabase database = provider.open(home.database());
        boolean usable = false;
        try {
            ClientDatabase kept = KeptDatabase.over(database, new DeviceFile(home.deviceFile()));
            usable = true;
            return kept;
        } finally {
            if (!usable) {
                database.close();
            }
        }
    }

    private Path moveAside() throws IOException {
        Path database = home.database();
        int number = 1;
        Path aside = aside(database, number);
        while (Files.exists(aside)) {
            number++;
            aside = aside(database, number);
        }
        try {
            return Files.move(database, aside);
        } catch (IOException e) {
            throw new IOException(
                    "The device's database in " + database + " is damaged, and cannot be moved to " + aside
                            + " (" + e + "); move it yourself, and start again: it is then built anew",
                    e);
        }
    }

    private static Path aside(Path database, int number) {
        return database.resolveSibling(database.getFileName() + ASIDE + number);
    }
}
