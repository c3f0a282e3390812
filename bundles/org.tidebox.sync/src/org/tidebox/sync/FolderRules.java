package org.tidebox.sync;

import org.tidebox.rules.Decider;

/**
 * What decides on the transfers of one sync folder.
 *
 * @param upload on what would go to the server
 * @param download on what would come from it
 */
public record FolderRules(Decider upload, Decider download) {
    /** Transfers everything, and asks nobody. */
    public static final FolderRules NONE = new FolderRules(Decider.TRANSFER_ALL, Decider.TRANSFER_ALL);

    /** Returns whether nothing can be held. */
    public boolean isNone() {
        return upload == Decider.TRANSFER_ALL && download == Decider.TRANSFER_ALL;
    }
}
