package org.tidebox.storage.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.tidebox.derby.DerbySettings;
import org.tidebox.derby.EmbeddedDatabase;
import org.tidebox.files.FolderLockedException;
import org.tidebox.storage.DiskRoom;
import org.tidebox.storage.StorageException;

/** The metadata in an embedded database. */
final class DerbyDatabase {
    private static final String IN_USE = "XSDB6";
    // A page takes 8 KiB, and half as much again for what the database notes about its rows: together 30 MiB of a heap of
    // 256. A big commit must not lock a whole table; deadlocks are found after seconds.
    private static final DerbySettings SETTINGS = new DerbySettings(Map.of("derby.storage.pageCacheSize", "2500"),
            Map.of("derby.locks.escalationThreshold", "10000000", "derby.locks.deadlockTimeout", "2",
                    "derby.locks.waitTimeout", "60", "derby.language.statementCacheSize", "300"));

    private DerbyDatabase() {
    }

    /**
     * Opens the database in a folder; makes both where they are not there.
     *
     * @param way what connections go through
     */
    static Database open(Path folder, UnaryOperator<DataSource> way) throws StorageException {
        EmbeddedDatabase derby = start(folder);
        boolean usable = false;
        DataSource source = way.apply(derby.source());
        try (Connection connection = source.getConnection()) {
            Migrations.run(connection, Dialect.DERBY);
            usable = true;
        } catch (SQLException e) {
            throw failed(folder, e);
        } finally {
            if (!usable) {
                derby.close();
            }
        }
        return new Database(source, Dialect.DERBY, DiskRoom.of(folder), derby::close);
    }

    private static EmbeddedDatabase start(Path folder) throws StorageException {
        try {
            Files.createDirectories(folder);
            return EmbeddedDatabase.<StorageException>open(folder, SETTINGS,
                    connection -> Migrations.run(connection, Dialect.DERBY));
        } catch (FolderLockedException e) {
            throw inUse(folder, e);
        } catch (IOException e) {
            throw new StorageException("Cannot make the metadata database in " + folder + ": " + e.getMessage(), false,
                    e);
        } catch (SQLException e) {
            throw failed(folder, e);
        }
    }

    private static StorageException inUse(Path folder, Exception cause) {
        return new StorageException("Another server is using the metadata in " + folder
                + "; stop it first, or use another data folder", false, cause);
    }

    private static StorageException failed(Path folder, SQLException e) {
        if (SqlErrors.isFull(e)) {
            return SqlErrors.translate(e);
        }
        if (SqlErrors.has(e, IN_USE)) {
            return inUse(folder, e);
        }
        return new StorageException("The metadata database in " + folder + " cannot be opened ("
                + SqlErrors.line(e) + "); derby.log there says more. If it is damaged, put back a backup of the folder;"
                + " the packs hold the contents, but not whose they are or what they are called", true, e);
    }
}
