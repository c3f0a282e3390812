package org.tidebox.storage.tests;

import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;

/** A PostgreSQL server keeps the contract, where one is given. */
@EnabledIfSystemProperty(named = Postgres.URL, matches = "jdbc:.*")
final class PostgresUpkeepTest extends UpkeepContract {
    @RegisterExtension
    final Postgres postgres = new Postgres();

    @Override
    protected MetadataStore open() throws SQLException, StorageException {
        return postgres.open();
    }
}
