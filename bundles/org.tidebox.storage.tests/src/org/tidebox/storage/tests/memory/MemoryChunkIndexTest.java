package org.tidebox.storage.tests.memory;

import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.ChunkIndexContract;

/** The store that other tests use keeps the contract. */
final class MemoryChunkIndexTest extends ChunkIndexContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
