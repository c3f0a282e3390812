package org.tidebox.sync.tests;

import org.tidebox.sync.TreeStore;

/** Trees in memory keep the contract. */
final class MemoryTreeStoreTest extends TreeStoreContract {
    @Override
    protected TreeStore open() {
        return new MemoryTreeStore();
    }
}
