package org.tidebox.storage.tests.memory;

import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.RegistryContract;

/** The store that other tests use keeps the contract. */
final class MemoryRegistryTest extends RegistryContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
