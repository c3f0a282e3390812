package org.tidebox.storage.tests.memory;

import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.contract.UpkeepContract;

class MemoryUpkeepTest extends UpkeepContract {
    @Override
    protected MetadataStore open() {
        return new MemoryMetadataStore();
    }
}
