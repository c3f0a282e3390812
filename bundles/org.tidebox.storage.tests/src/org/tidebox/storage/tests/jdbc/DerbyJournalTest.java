package org.tidebox.storage.tests.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.JournalContract;

/** The embedded database keeps the contract. */
final class DerbyJournalTest extends JournalContract {
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    @Override
    protected MetadataStore open() throws StorageException {
        return derby.open(data);
    }
}
