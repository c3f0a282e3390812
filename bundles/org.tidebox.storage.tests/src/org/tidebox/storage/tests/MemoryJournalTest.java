package org.tidebox.storage.tests;

import org.tidebox.storage.MetadataStore;

/** The store that other tests use keeps the contract. */
final class MemoryJournalTest extends JournalContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
