package org.tidebox.sync.folder;

/**
 * How much was done.
 *
 * @param filesUp contents of files told to the server
 * @param bytesUp their lengths in bytes, sent or not
 * @param filesDown contents of files written here
 * @param bytesDown their lengths in bytes, fetched or not
 * @param changesUp changes that the server accepted, contents or not
 * @param changesDown changes of the server that were applied here
 * @param filesRead files whose content was read to find out what it is
 */
public record SyncTotals(long filesUp, long bytesUp, long filesDown, long bytesDown, long changesUp, long changesDown,
        long filesRead) {
    /** Nothing yet. */
    public static final SyncTotals NONE = new SyncTotals(0, 0, 0, 0, 0, 0, 0);

    /** Returns what was done since an earlier count. */
    public SyncTotals since(SyncTotals earlier) {
        return new SyncTotals(filesUp - earlier.filesUp, bytesUp - earlier.bytesUp, filesDown - earlier.filesDown,
                bytesDown - earlier.bytesDown, changesUp - earlier.changesUp, changesDown - earlier.changesDown,
                filesRead - earlier.filesRead);
    }
}
