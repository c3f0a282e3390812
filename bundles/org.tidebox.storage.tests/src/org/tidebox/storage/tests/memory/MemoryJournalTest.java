package org.tidebox.storage.tests.memory;

import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.JournalContract;

/** The store that other tests use keeps the contract. */
final class MemoryJournalTest extends JournalContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
