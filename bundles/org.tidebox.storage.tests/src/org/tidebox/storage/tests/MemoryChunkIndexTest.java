package org.tidebox.storage.tests;

import org.tidebox.storage.MetadataStore;

/** The store that other tests use keeps the contract. */
final class MemoryChunkIndexTest extends ChunkIndexContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
