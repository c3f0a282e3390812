package org.tidebox.sync.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/** Starts and stops the embedded database. */
final class DerbyStart {
    private static final Logger LOG = LoggerFactory.getLogger(DerbyStart.class);
    // Derby tells its success by an error; and the second one if it had not even started.
    private static final Set<String> STOPPED = Set.of("08006", "XJ004");
    // For the whole process, and only where nobody has set them. 12 MiB of pages: an agent should be small when it rests,
    // and the operating system keeps the others. Each write of the log's buffer is one to the disk itself, and each
    // checkpoint writes many pages: with Derby's own, smaller sizes big updates take twice as long.
    private static final Map<String, String> PROCESS = Map.of("derby.storage.pageCacheSize", "1500",
            "derby.storage.logBufferSize", "262144", "derby.storage.logSwitchInterval", "8388608",
            "derby.storage.checkpointInterval", "33554432", "derby.storage.useDefaultFilePermissions", "false",
            "derby.infolog.append", "true", "derby.stream.error.logSeverityLevel", "45000");
    // One transaction writes at a time, so it may lock whole tables early; queries name their indexes, so nobody needs
    // statistics.
    private static final Map<String, String> DATABASE = Map.of("derby.storage.pageSize", "8192",
            "derby.locks.escalationThreshold", "100", "derby.storage.indexStats.auto", "false",
            "derby.language.statementCacheSize", "200");

    private final Path directory;
    private final Path database;
    private final DirectoryLock lock;

    private DerbyStart(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.database = directory.resolve("db");
        this.lock = lock;
    }

    /** Opens the database in a directory; makes both where they are not there. */
    static Database open(Path directory) throws TreeStoreException {
        if (directory.toAbsolutePath().toString().contains(";")) {
            throw new TreeStoreException(Reason.FAILED,
                    "The device's database cannot be in " + directory
                            + ": no ';' is allowed there; use another directory",
                    null);
        }
        try {
            OwnerOnly.createDirectories(directory);
            DirectoryLock lock = DirectoryLock.acquire(directory).orElseThrow(() -> SqlErrors.inUse(directory, null));
            return new DerbyStart(directory, lock).startOrUnlock();
        } catch (IOException e) {
            throw new TreeStoreException(Reason.FAILED, "Cannot open the device's database in " + directory + ": " + e,
                    e);
        }
    }

    private Database startOrUnlock() throws TreeStoreException, IOException {
        // An interrupt would kill Derby's connections; so it is kept for later.
        boolean interrupted = Thread.interrupted();
        boolean started = false;
        try {
            Database result = start();
            started = true;
            return result;
        } catch (SQLException e) {
            throw SqlErrors.translate(directory, e);
        } finally {
            if (!started) {
                lock.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Database start() throws TreeStoreException, SQLException, IOException {
        Optional<String> damage = new DamageNote(directory).read();
        if (damage.isPresent()) {
            throw new TreeStoreException(Reason.DAMAGED, damage.get(), null);
        }
        // Else Derby reads its settings from the working directory, and writes its log there.
        setIfUnset("derby.system.home", directory.toAbsolutePath().toString());
        setIfUnset("derby.stream.error.file", directory.resolve("derby.log").toAbsolutePath().toString());
        PROCESS.forEach(DerbyStart::setIfUnset);
        if (!Files.isDirectory(database)) {
            make();
        }
        WritableSource source = new WritableSource(database);
        boolean usable = false;
        try (Session session = Database.connect(source)) {
            Migrations.run(session, directory);
            usable = true;
        } finally {
            if (!usable) {
                stop(database);
            }
        }
        return new Database(source, directory, () -> {
            stop(database);
            lock.close();
        });
    }

    /** Makes the database beside its place first: Derby cannot go on with one whose making was cut short. */
    private void make() throws TreeStoreException, SQLException, IOException {
        Path fresh = directory.resolve("db.new");
        deleteTree(fresh);
        EmbeddedDataSource source = source(fresh);
        source.setCreateDatabase("create");
        try (Session session = Database.connect(source)) {
            for (Map.Entry<String, String> property : DATABASE.entrySet()) {
                session.script("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('" + property.getKey() + "', '"
                        + property.getValue() + "')");
            }
            Migrations.run(session, directory);
        } finally {
            stop(fresh);
        }
        Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the database at a path; what was committed is in its files. */
    static void stop(Path path) {
        EmbeddedDataSource source = source(path);
        source.setShutdownDatabase("shutdown");
        boolean interrupted = Thread.interrupted();
        try (Connection none = source.getConnection()) {
            LOG.warn("The device's database in {} did not stop", path);
        } catch (SQLException e) {
            if (!STOPPED.contains(e.getSQLState())) {
                LOG.warn("The device's database in {} did not stop cleanly; it will recover at the next start", path,
                        e);
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

    private static void setIfUnset(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
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
