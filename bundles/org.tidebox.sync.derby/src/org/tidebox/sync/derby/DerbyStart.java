package org.tidebox.sync.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.derby.DerbySettings;
import org.tidebox.derby.EmbeddedDatabase;
import org.tidebox.files.FolderLockedException;
import org.tidebox.files.PrivateFiles;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/** Opens the device's database. */
final class DerbyStart {
    private static final Logger LOG = LoggerFactory.getLogger(DerbyStart.class);
    // 12 MiB of pages: an agent should be small when it rests, and the operating system keeps the others. One transaction
    // writes at a time, so it may lock whole tables early.
    private static final DerbySettings SETTINGS = new DerbySettings(
            Map.of("derby.storage.pageCacheSize", "1500", "derby.storage.useDefaultFilePermissions", "false"),
            Map.of("derby.locks.escalationThreshold", "100", "derby.language.statementCacheSize", "200"));

    private DerbyStart() {
    }

    /** Opens the database in a directory; makes both where they are not there. */
    static Database open(Path directory) throws TreeStoreException {
        if (directory.toAbsolutePath().toString().contains(";")) {
            throw new TreeStoreException(Reason.FAILED,
                    "The device's database cannot be in " + directory
                            + ": no ';' is allowed there; use another directory",
                    null);
        }
        // An interrupt would kill Derby's connections; so it is kept for later.
        boolean interrupted = Thread.interrupted();
        try {
            makePrivate(directory);
            return start(directory);
        } catch (FolderLockedException e) {
            throw SqlErrors.inUse(directory, e);
        } catch (IOException e) {
            throw new TreeStoreException(Reason.FAILED, "Cannot open the device's database in " + directory + ": " + e,
                    e);
        } catch (SQLException e) {
            throw SqlErrors.translate(directory, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        try {
            PrivateFiles.createFolders(directory);
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            // A stick may know owners and modes without letting them be changed.
            LOG.warn("Others may be able to read the device's database in {}: {}", directory, e.getMessage());
        }
    }

    private static Database start(Path directory) throws TreeStoreException, SQLException, IOException {
        EmbeddedDatabase derby = EmbeddedDatabase.<TreeStoreException>open(directory, SETTINGS,
                connection -> Migrations.run(Database.session(connection), directory));
        boolean usable = false;
        try {
            Optional<String> damage = new DamageNote(directory).read();
            if (damage.isPresent()) {
                throw new TreeStoreException(Reason.DAMAGED, damage.get(), null);
            }
            try (Session session = Database.connect(derby.source())) {
                Migrations.run(session, directory);
            }
            usable = true;
            return new Database(derby.source(), directory, derby::close);
        } finally {
            if (!usable) {
                derby.close();
            }
        }
    }
}
