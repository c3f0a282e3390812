package org.tidebox.storage.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.tidebox.storage.DiskRoom;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreLock;

/** Starts and stops the embedded database. */
final class DerbyDatabase {
    private static final String IN_USE = "XSDB6";
    // For the whole process, and only where nobody has set them. A page takes 8 KiB, and half as much again for what the
    // database notes about its rows: together 30 MiB of a heap of 256. Each write of the log's buffer is one to the disk
    // itself, and each checkpoint writes many pages.
    private static final Map<String, String> PROCESS = Map.of("derby.storage.pageCacheSize", "2500",
            "derby.storage.logBufferSize", "262144", "derby.storage.logSwitchInterval", "8388608",
            "derby.storage.checkpointInterval", "33554432", "derby.infolog.append", "true",
            "derby.stream.error.logSeverityLevel", "45000");
    // A big commit must not lock a whole table; deadlocks are found after seconds; queries name their indexes, so
    // nobody needs statistics.
    private static final Map<String, String> DATABASE = Map.of("derby.storage.pageSize", "8192",
            "derby.locks.escalationThreshold", "10000000", "derby.locks.deadlockTimeout", "2",
            "derby.locks.waitTimeout", "60", "derby.storage.indexStats.auto", "false",
            "derby.language.statementCacheSize", "300");

    private final Path folder;
    private final Path database;
    private final StoreLock lock;

    private DerbyDatabase(Path folder, StoreLock lock) {
        this.folder = folder;
        this.database = folder.resolve("db");
        this.lock = lock;
    }

    /**
     * Opens the database in a folder; makes both where they are not there.
     *
     * @param way what connections go through
     */
    static Database open(Path folder, UnaryOperator<DataSource> way) throws StorageException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException("Cannot make the folder " + folder + ": " + e.getMessage(), false, e);
        }
        DerbyDatabase derby = new DerbyDatabase(folder, StoreLock.acquire(folder, "the metadata"));
        try {
            return derby.start(way);
        } catch (StorageException | RuntimeException e) {
            derby.lock.close();
            throw e;
        }
    }

    private Database start(UnaryOperator<DataSource> way) throws StorageException {
        // Else Derby reads its settings from the working directory.
        setIfUnset("derby.system.home", folder.toAbsolutePath().toString());
        setIfUnset("derby.stream.error.file", folder.resolve("derby.log").toAbsolutePath().toString());
        PROCESS.forEach(DerbyDatabase::setIfUnset);
        if (!Files.isDirectory(database)) {
            make();
        }
        DerbySource derby = new DerbySource(database);
        DataSource source = way.apply(derby);
        try (Connection connection = source.getConnection()) {
            Migrations.run(connection, Dialect.DERBY);
        } catch (SQLException e) {
            throw failed(e);
        } catch (StorageException e) {
            derby.stop();
            throw e;
        }
        return new Database(source, Dialect.DERBY, DiskRoom.of(folder), () -> {
            derby.stop();
            lock.close();
        });
    }

    /** Makes the database beside its place first: Derby cannot go on with one whose making was cut short. */
    private void make() throws StorageException {
        Path fresh = folder.resolve("db.new");
        try {
            deleteTree(fresh);
            DerbySource source = new DerbySource(fresh);
            source.setCreateDatabase("create");
            try (Connection connection = source.getConnection()) {
                configure(connection);
                Migrations.run(connection, Dialect.DERBY);
            }
            source.stop();
            Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new StorageException("Cannot make the metadata database in " + folder + ": " + e.getMessage(), false,
                    e);
        }
    }

    private static void configure(Connection connection) throws SQLException {
        SqlSession session = new SqlSession(connection, Dialect.DERBY);
        for (Map.Entry<String, String> property : DATABASE.entrySet()) {
            session.script("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('" + property.getKey() + "', '"
                    + property.getValue() + "')");
        }
    }

    private StorageException failed(SQLException e) {
        if (SqlErrors.isFull(e)) {
            return SqlErrors.translate(e);
        }
        if (SqlErrors.has(e, IN_USE)) {
            return new StorageException("Another process is using the metadata database in " + folder
                    + "; stop it first, or use another data folder", false, e);
        }
        return new StorageException("The metadata database in " + folder + " cannot be opened ("
                + SqlErrors.line(e) + "); derby.log there says more. If it is damaged, put back a backup of the folder;"
                + " the packs hold the contents, but not whose they are or what they are called", true, e);
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
