package org.tidebox.storage.tests;

import org.tidebox.storage.PackStore;

/** The store that other tests use keeps the contract. */
final class MemoryPackStoreTest extends PackStoreContract {
    private final MemoryPackStore store = new MemoryPackStore();

    @Override
    protected PackStore open() {
        return store;
    }
}
