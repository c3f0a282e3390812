package org.tidebox.sync.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;

/**
 * Transactions on the embedded database: one that writes, or some that read. So none waits for another inside Derby,
 * where they could deadlock, and all reads of one transaction see the same state. Thread-safe.
 */
final class Database implements AutoCloseable {
    private static final int MAX_TRIES = 10;

    private final DataSource source;
    private final Path directory;
    private final Runnable atClose;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private boolean closed;

    /**
     * Wraps a source that works.
     *
     * @param directory for messages
     * @param atClose what to do when the last connection is closed
     */
    Database(DataSource source, Path directory, Runnable atClose) {
        this.source = source;
        this.directory = directory;
        this.atClose = atClose;
    }

    /** What is done in one transaction; may be run again from the start. */
    @FunctionalInterface
    interface Work<R> {
        R run(Session session) throws SQLException;
    }

    /** Begins a session of its own; the caller closes it. */
    static Session connect(DataSource source) throws SQLException {
        return session(source.getConnection());
    }

    /** Begins a session on a connection. */
    static Session session(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        // Nobody writes while somebody reads, so Derby need not lock what is read.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        return new Session(connection);
    }

    /** Runs work that changes nothing. */
    <R> R read(Work<R> work) throws TreeStoreException {
        return guarded(lock.readLock(), work, result -> {
        });
    }

    /**
     * Runs work in one transaction, durable when this returns.
     *
     * @param committed is told the result before anybody else reads or writes
     */
    <R> void write(Work<R> work, Consumer<R> committed) throws TreeStoreException {
        guarded(lock.writeLock(), work, committed);
    }

    /** Waits for running transactions, then shuts the database down. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeIdle();
                atClose.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <R> R guarded(Lock guard, Work<R> work, Consumer<R> committed) throws TreeStoreException {
        guard.lock();
        try {
            if (closed) {
                throw new TreeStoreException(Reason.FAILED, "The device's database in " + directory + " is closed",
                        null);
            }
            R result = uninterrupted(work);
            committed.accept(result);
            return result;
        } finally {
            guard.unlock();
        }
    }

    /**
     * An interrupt kills Derby's connection, or a file's channel in its hands; so it is kept for later, and the work
     * done again.
     */
    private <R> R uninterrupted(Work<R> work) throws TreeStoreException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1;; attempt++) {
                try {
                    return once(work);
                } catch (SQLException e) {
                    interrupted |= Thread.interrupted();
                    if (attempt == MAX_TRIES || !SqlErrors.isLost(e)) {
                        throw noted(SqlErrors.translate(directory, e));
                    }
                    closeIdle();
                } catch (IllegalArgumentException e) {
                    throw noted(SqlErrors.damaged(directory, e));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Derby starts with damaged tables as if nothing were wrong, so the next start must be told. */
    private TreeStoreException noted(TreeStoreException failure) {
        if (failure.getReason() == Reason.DAMAGED) {
            new DamageNote(directory).write(failure.getMessage());
        }
        return failure;
    }

    private <R> R once(Work<R> work) throws SQLException {
        Session session = idle.pollFirst();
        if (session == null) {
            session = connect(source);
        }
        boolean done = false;
        try {
            R result = work.run(session);
            session.commit();
            done = true;
            return result;
        } finally {
            if (done) {
                idle.addFirst(session);
            } else {
                session.close();
            }
        }
    }

    private void closeIdle() {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
    }
}
