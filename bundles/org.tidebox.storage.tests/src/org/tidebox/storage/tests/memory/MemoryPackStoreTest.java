package org.tidebox.storage.tests.memory;

import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.tests.contract.PackStoreContract;

/** The store that other tests use keeps the contract. */
final class MemoryPackStoreTest extends PackStoreContract {
    private final MemoryPackStore store = new MemoryPackStore();

    @Override
    protected PackStore open() {
        return store;
    }
}
