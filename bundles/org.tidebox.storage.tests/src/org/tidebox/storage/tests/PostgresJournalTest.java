package org.tidebox.storage.tests;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;

/** A PostgreSQL server keeps the contract. */
final class PostgresJournalTest extends JournalContract {
    @RegisterExtension
    static final Postgres POSTGRES = new Postgres();

    @Override
    protected MetadataStore open() throws SQLException, StorageException {
        return POSTGRES.open();
    }
}
