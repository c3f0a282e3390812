package org.tidebox.sync.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * Connections to an embedded database that can be written. A full disk ends a database, and the next connection starts
 * it again; but where Derby cannot write then, it opens it only to be read, and leaves it so. One that came up like that
 * is stopped at once, and starts anew with the connection after it.
 */
final class WritableSource extends EmbeddedDataSource {
    private static final long serialVersionUID = 1L;
    private static final String READ_ONLY = "25006";
    /** With less room, that is why it cannot be written: it begins each file of its log with as much. */
    private static final long SCARCE = 8L << 20;

    private final transient Path database;

    WritableSource(Path database) {
        this.database = database.toAbsolutePath();
        setDatabaseName(this.database.toString());
    }

    /** Connects; one at a time, for what one finds to be only readable must not be stopped under another's hands. */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        if (!connection.isReadOnly()) {
            return connection;
        }
        connection.close();
        DerbyStart.stop(database);
        boolean scarce = database.toFile().getUsableSpace() < SCARCE;
        throw new SQLException((scarce ? "No space left" : "It cannot be written now") + "; it can only be read",
                READ_ONLY);
    }
}
