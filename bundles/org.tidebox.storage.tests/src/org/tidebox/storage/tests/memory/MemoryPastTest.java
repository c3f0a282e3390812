package org.tidebox.storage.tests.memory;

import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.PastContract;

/** The store that other tests use keeps the contract. */
final class MemoryPastTest extends PastContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
