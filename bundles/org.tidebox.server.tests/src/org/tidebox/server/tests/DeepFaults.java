package org.tidebox.server.tests;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.tidebox.server.tests.FaultCounter.When;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.file.FilePackStore;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;

/**
 * The real stores on a disk and a database of which one call fails: an operation on a file or folder, a statement, a
 * commit. A connection can also break: then all that was not committed is gone.
 */
public final class DeepFaults {
    private static final Set<String> CALLS = Set.of("executeQuery", "executeUpdate", "executeBatch", "execute",
            "commit");
    private final FaultCounter counter;
    private final boolean breaks;

    /** Makes faults; those of the database break its connection, if wanted. */
    public DeepFaults(FaultCounter counter, boolean breaks) {
        this.counter = counter;
        this.breaks = breaks;
    }

    public TestStorage storage() {
        TestStorage storage = new TestStorage();
        storage.packs.add("faulty", 10, new PackStoreProvider() {
            @Override
            public String name() {
                return "faulty";
            }

            @Override
            public PackStore open(StorageLocation location) throws StorageException {
                return FilePackStore.open(location.data().resolve("packs"),
                        new CountedDisk(counter));
            }
        });
        storage.metadata.add("faulty", 10, new JdbcMetadataStoreProvider(this::source));
        return storage;
    }

    private DataSource source(DataSource real) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = invoke(real, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, (self, method, arguments) -> {
            Object result = counted(real, real, method, arguments);
            return switch (result) {
                case PreparedStatement statement -> statement(PreparedStatement.class, real, statement);
                case Statement statement -> statement(Statement.class, real, statement);
                case null, default -> result;
            };
        });
    }

    private <S extends Statement> S statement(Class<S> type, Connection connection, S real) {
        return proxy(type, (self, method, arguments) -> counted(connection, real, method, arguments));
    }

    private Object counted(Connection connection, Object target, Method method, Object... arguments) throws Throwable {
        if (!CALLS.contains(method.getName())) {
            return invoke(target, method, arguments);
        }
        String call = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        if (counter.isDue(call, When.BEFORE)) {
            throw failure(connection);
        }
        Object result = invoke(target, method, arguments);
        if (counter.isDue(call, When.AFTER)) {
            throw failure(connection);
        }
        return result;
    }

    private SQLException failure(Connection connection) throws SQLException {
        if (!breaks) {
            return new SQLException("failed on purpose", "58030");
        }
        if (!connection.isClosed()) {
            connection.rollback();
            connection.close();
        }
        return new SQLNonTransientConnectionException("the connection broke on purpose", "08006");
    }

    private static Object invoke(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(DeepFaults.class.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
