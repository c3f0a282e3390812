package org.tidebox.derby;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Derby's properties.
 *
 * @param process for the whole process, and only where nobody has set them
 * @param database stored in each new database
 */
public record DerbySettings(Map<String, String> process, Map<String, String> database) {
    // Each write of the log's buffer is one to the disk itself, and each checkpoint writes many pages: with Derby's own,
    // smaller sizes big updates take twice as long.
    private static final Map<String, String> EVERY_PROCESS = Map.of("derby.storage.logBufferSize", "262144",
            "derby.storage.logSwitchInterval", "8388608", "derby.storage.checkpointInterval", "33554432",
            "derby.infolog.append", "true", "derby.stream.error.logSeverityLevel", "45000");
    // Queries name their indexes, so nobody needs statistics.
    private static final Map<String, String> EVERY_DATABASE = Map.of("derby.storage.pageSize", "8192",
            "derby.storage.indexStats.auto", "false");

    /** Sets the properties of the process. */
    void applyToProcess() {
        EVERY_PROCESS.forEach(DerbySettings::setIfUnset);
        process.forEach(DerbySettings::setIfUnset);
    }

    static void setIfUnset(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /** Stores the properties of a new database. */
    void storeIn(Connection connection) throws SQLException {
        try (CallableStatement call = connection
                .prepareCall("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)")) {
            store(call, EVERY_DATABASE);
            store(call, database);
        }
    }

    private static void store(CallableStatement call, Map<String, String> properties) throws SQLException {
        for (Map.Entry<String, String> property : properties.entrySet()) {
            call.setString(1, property.getKey());
            call.setString(2, property.getValue());
            call.execute();
        }
    }
}
