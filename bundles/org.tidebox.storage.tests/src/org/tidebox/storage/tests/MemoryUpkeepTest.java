package org.tidebox.storage.tests;

import org.tidebox.storage.MetadataStore;

class MemoryUpkeepTest extends UpkeepContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
