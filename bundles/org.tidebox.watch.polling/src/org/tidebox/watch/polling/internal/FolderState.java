package org.tidebox.watch.polling.internal;

/**
 * What a folder looked like: a digest of its entries instead of the entries, so that a watch of a large tree needs
 * little memory.
 *
 * @param digest 64 bits over name, kind, size, modification time, mode and identity of all entries, in any order
 * @param settled whether equal digests mean equal contents: not so while an entry's time stamp is young, since the file
 *        may have been written again within the resolution of the stamp
 */
record FolderState(long digest, boolean settled) {
    /** Returns whether a later look saw something else than this one did, or may have. */
    boolean changed(FolderState later) {
        return !settled || digest != later.digest;
    }
}
