package org.tidebox.server.data;

import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStore;

/**
 * The open stores of a data folder.
 *
 * @param metadata accounts, journals, index
 * @param packs chunks
 */
public record Stores(MetadataStore metadata, PackStore packs) {
    /** Returns the space of packs that belongs to an account. */
    public static String spaceOf(long account) {
        return Long.toString(account);
    }
}
