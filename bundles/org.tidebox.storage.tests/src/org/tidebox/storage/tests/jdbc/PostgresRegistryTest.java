package org.tidebox.storage.tests.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.RegistryContract;

/** A PostgreSQL server keeps the contract. */
final class PostgresRegistryTest extends RegistryContract {
    @RegisterExtension
    static final Postgres POSTGRES = new Postgres();

    @Override
    protected MetadataStore open() throws SQLException, StorageException {
        return POSTGRES.open();
    }
}
