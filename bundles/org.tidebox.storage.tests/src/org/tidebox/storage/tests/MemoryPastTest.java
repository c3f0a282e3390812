package org.tidebox.storage.tests;

import org.tidebox.storage.MetadataStore;

/** The store that other tests use keeps the contract. */
final class MemoryPastTest extends PastContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
