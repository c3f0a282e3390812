package org.tidebox.sync.device;

import org.tidebox.sync.tests.MemoryTreeStore;

/** Trees in memory keep the contract. */
final class MemoryTreeStoreTest extends TreeStoreContract {
    @Override
    protected TreeStore open() {
        return new MemoryTreeStore();
    }
}
