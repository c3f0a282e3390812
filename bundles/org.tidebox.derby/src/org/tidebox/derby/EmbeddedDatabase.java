package org.tidebox.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.osgi.annotation.versioning.ConsumerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.files.FolderLock;
import org.tidebox.files.FolderNames;

/**
 * A database that runs, in a folder that nobody else may use meanwhile: {@code lock}, the database in {@code db}, and
 * {@code derby.log}, unless another one in this process came first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String LOCK = "lock";
    private static final String NAME = "db";
    private static final String FRESH = "db.new";
    // Derby tells its success by an error; and the second one if it had not even started.
    private static final Set<String> STOPPED = Set.of("08006", "XJ004");

    private final Path database;
    private final FolderLock lock;
    private final DataSource source;

    private EmbeddedDatabase(Path database, FolderLock lock) {
        this.database = database;
        this.lock = lock;
        this.source = new WritableSource(database);
    }

    /** Makes the tables of a new database, and commits them. */
    @ConsumerType
    @FunctionalInterface
    public interface Tables<E extends Exception> {
        /** Makes them. */
        void make(Connection connection) throws SQLException, E;
    }

    /**
     * Opens the database in a folder that exists, and makes it where it is missing.
     *
     * @param tables those of a new database; one that is there is left as it is
     * @throws org.tidebox.files.FolderLockedException if somebody else uses the folder
     * @throws IOException if the folder cannot be used
     * @throws SQLException if the database cannot be made
     */
    public static <E extends Exception> EmbeddedDatabase open(Path folder, DerbySettings settings, Tables<E> tables)
            throws IOException, SQLException, E {
        FolderLock lock = FolderLock.acquire(folder.resolve(LOCK));
        boolean opened = false;
        try {
            // Else Derby reads its settings from the working directory, and writes its log there.
            DerbySettings.setIfUnset("derby.system.home", folder.toAbsolutePath().toString());
            DerbySettings.setIfUnset("derby.stream.error.file",
                    folder.resolve("derby.log").toAbsolutePath().toString());
            settings.applyToProcess();
            Path database = folder.resolve(NAME);
            if (!Files.isDirectory(database)) {
                make(folder, settings, tables);
            }
            opened = true;
            return new EmbeddedDatabase(database, lock);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** Makes the database beside its place first: Derby cannot go on with one whose making was cut short. */
    private static <E extends Exception> void make(Path folder, DerbySettings settings, Tables<E> tables)
            throws IOException, SQLException, E {
        Path fresh = folder.resolve(FRESH);
        deleteTree(fresh);
        EmbeddedDataSource source = source(fresh);
        source.setCreateDatabase("create");
        try (Connection connection = source.getConnection()) {
            settings.storeIn(connection);
            tables.make(connection);
        } finally {
            stop(fresh);
        }
        Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        FolderNames.force(folder);
    }

    /** Returns connections to it; the first one starts it. */
    public DataSource source() {
        return source;
    }

    /** Stops it; what was committed is in its files. */
    @Override
    public void close() {
        stop(database);
        lock.close();
    }

    /** Stops the database at a path. */
    static void stop(Path path) {
        EmbeddedDataSource source = source(path);
        source.setShutdownDatabase("shutdown");
        // An interrupt would kill Derby's connections; so it is kept for later.
        boolean interrupted = Thread.interrupted();
        try (Connection none = source.getConnection()) {
            LOG.warn("The database in {} did not stop", path);
        } catch (SQLException e) {
            if (!STOPPED.contains(e.getSQLState())) {
                LOG.warn("The database in {} did not stop cleanly; it will recover at the next start", path, e);
                stopAll();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Stops Derby as a whole. One that met a damaged page in a long value keeps the database half open: another one in
     * the same place could not be opened in this process.
     */
    private static void stopAll() {
        EmbeddedDataSource all = new EmbeddedDataSource();
        all.setDatabaseName("");
        all.setShutdownDatabase("shutdown");
        try (Connection none = all.getConnection()) {
            LOG.warn("Derby did not stop");
        } catch (SQLException e) {
            LOG.debug("Derby stopped: {}", e.getMessage());
        }
    }

    private static EmbeddedDataSource source(Path path) {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(path.toAbsolutePath().toString());
        return source;
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(root)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
