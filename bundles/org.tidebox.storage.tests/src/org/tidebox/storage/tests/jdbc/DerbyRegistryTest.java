package org.tidebox.storage.tests.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.RegistryContract;

/** The embedded database keeps the contract. */
final class DerbyRegistryTest extends RegistryContract {
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    @Override
    protected MetadataStore open() throws StorageException {
        return derby.open(data);
    }

    /** Derby does not wait for those who read where its numbers stand, as the making of a statement does. */
    @Test
    void numberThatIsRefusedForAMomentIsAskedForAgain() throws Exception {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(data.resolve("metadata/db").toAbsolutePath().toString());
        try (Connection reader = source.getConnection(); Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            statement.executeQuery("SELECT * FROM SYS.SYSSEQUENCES").next();
            FutureTask<Account> adding = new FutureTask<>(() -> store().accounts().add("anna", Instant.EPOCH));
            Thread thread = Thread.ofPlatform().start(adding);
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                    .until(() -> adding.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
            reader.rollback();
            assertThat(adding.get().name()).isEqualTo("anna");
        }
    }
}
