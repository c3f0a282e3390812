package org.tidebox.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.storage.DiskRoom;
import org.tidebox.storage.StorageException;

/** Transactions on a pool of connections. Thread-safe. */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECTIONS = 16;
    private static final int MAX_TRIES = 10;
    /** How long to wait at most before the second try; before each one after it up to twice as long. */
    private static final long FIRST_WAIT_MILLIS = 2;

    private final DataSource source;
    private final HikariDataSource pool;
    private final Dialect dialect;
    private final DiskRoom room;
    private final Runnable atClose;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes a pool over a source that works.
     *
     * @param room where its files lie
     * @param atClose what to do when the last connection is closed
     */
    Database(DataSource source, Dialect dialect, DiskRoom room, Runnable atClose) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("metadata");
        config.setDataSource(source);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        this.source = source;
        this.pool = new HikariDataSource(config);
        this.dialect = dialect;
        this.room = room;
        this.atClose = atClose;
    }

    /** What is done in one transaction; may be run again from the start. */
    @FunctionalInterface
    interface Work<R> {
        R run(SqlSession session) throws SQLException, StorageException;
    }

    /**
     * Runs the work in one transaction, durable when this returns; again after a deadlock or a race with another
     * transaction, which gets time to end: a second in all. Derby does not wait itself where it gives numbers to new
     * rows: it refuses at once while another transaction so much as reads where they stand (its {@code
     * SequenceUpdater}).
     */
    <R> R call(Work<R> work) throws StorageException {
        for (int attempt = 1;; attempt++) {
            try {
                return callOnce(work);
            } catch (SQLException e) {
                if (attempt == MAX_TRIES || !SqlErrors.isPassing(e) && !SqlErrors.isDuplicate(e)) {
                    throw SqlErrors.translate(e);
                }
                LOG.debug("A transaction on the metadata is tried again", e);
                giveTime(FIRST_WAIT_MILLIS << attempt - 1, e);
            }
        }
    }

    /** Waits for a random time, lest two that stood in each other's way meet again; not once the database is closed. */
    private void giveTime(long mostMillis, SQLException why) throws StorageException {
        long millis = ThreadLocalRandom.current().nextLong(mostMillis / 2, mostMillis + 1);
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw SqlErrors.translate(why);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlErrors.translate(why);
        }
    }

    /** Returns how many bytes its files may grow by, {@code Long.MAX_VALUE} if nobody knows. */
    long room() {
        return room.bytes();
    }

    @Override
    public synchronized void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            pool.close();
            atClose.run();
        }
    }

    private <R> R callOnce(Work<R> work) throws SQLException, StorageException {
        try (Connection connection = connect()) {
            boolean done = false;
            try {
                R result = work.run(new SqlSession(connection, dialect));
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            // The database has gone. The pool would try again for half a minute; this says at once why it does not come.
            source.getConnection().close();
        }
        return pool.getConnection();
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The error that led here is thrown; a connection that cannot even do this is thrown away by the pool.
            LOG.debug("Cannot roll back a transaction on the metadata", e);
        }
    }
}
