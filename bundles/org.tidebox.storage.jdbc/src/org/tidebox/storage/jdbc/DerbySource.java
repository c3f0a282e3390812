package org.tidebox.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.storage.DiskRoom;

/**
 * Connections to an embedded database that can be written. Where Derby cannot write when a database starts, it opens it
 * only to be read, and leaves it so whatever becomes of the disk (its {@code BaseDataFileFactory} and {@code
 * LogToFile}). A full disk ends a database in the middle of its work, and the next connection starts it again. So one
 * that came up like that is stopped at once, and starts anew with the connection after it.
 */
final class DerbySource extends EmbeddedDataSource {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DerbySource.class);
    private static final String STOPPED = "08006";
    private static final String READ_ONLY = "25006";
    /** With less room, that is why it cannot be written: it begins each file of its log with as much. */
    private static final long SCARCE = 8L << 20;

    private final transient DiskRoom room;

    DerbySource(Path database) {
        this.room = DiskRoom.of(database.toAbsolutePath().getParent());
        setDatabaseName(database.toAbsolutePath().toString());
    }

    /** Connects; one at a time, for what one finds to be only readable must not be stopped under another's hands. */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        if (!connection.isReadOnly()) {
            return connection;
        }
        connection.close();
        stop();
        boolean scarce = room.bytes() < SCARCE;
        throw new SQLException("The database " + getDatabaseName() + " can only be read: "
                + (scarce ? "its disk is full" : "its folder or its disk cannot be written"),
                scarce ? SqlErrors.DISK_FULL : READ_ONLY);
    }

    /** Ends the database; what was committed is in its files. */
    void stop() {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(getDatabaseName());
        source.setShutdownDatabase("shutdown");
        try (Connection none = source.getConnection()) {
            LOG.warn("The metadata database in {} did not stop", getDatabaseName());
        } catch (SQLException e) {
            // Derby tells its success by this error.
            if (!STOPPED.equals(e.getSQLState())) {
                LOG.warn("The metadata database in {} did not stop cleanly; it will recover at the next start",
                        getDatabaseName(), e);
            }
        }
    }
}
