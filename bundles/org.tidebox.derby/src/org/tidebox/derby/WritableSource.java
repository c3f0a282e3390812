package org.tidebox.derby;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * Connections to an embedded database that can be written. Where Derby cannot write when a database starts, it opens it
 * only to be read, and leaves it so whatever becomes of the disk (its {@code BaseDataFileFactory} and {@code
 * LogToFile}). A full disk ends a database in the middle of its work, and the next connection starts it again. So one
 * that came up like that is stopped at once, and starts anew with the connection after it.
 */
final class WritableSource extends EmbeddedDataSource {
    private static final long serialVersionUID = 1L;
    private static final String READ_ONLY = "25006";
    private static final String DISK_FULL = "53100";
    /** With less room, that is why it cannot be written: it begins each file of its log with as much. */
    private static final long SCARCE = 8L << 20;

    private final transient Path database;

    WritableSource(Path database) {
        this.database = database;
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
        EmbeddedDatabase.stop(database);
        boolean scarce = isScarce();
        throw new SQLException("The database " + getDatabaseName() + " can only be read: "
                + (scarce ? "No space left on its disk" : "its folder or its disk cannot be written"),
                scarce ? DISK_FULL : READ_ONLY);
    }

    private boolean isScarce() {
        try {
            return Files.getFileStore(database.toAbsolutePath().getParent()).getUsableSpace() < SCARCE;
        } catch (IOException e) {
            return false;
        }
    }
}
