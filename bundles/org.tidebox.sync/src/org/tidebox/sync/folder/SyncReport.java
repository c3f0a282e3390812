package org.tidebox.sync.folder;

/**
 * What one run of a sync folder did.
 *
 * @param done how much, in this run
 * @param quiet whether both sides are the same now, but for the listed problems and for what is held; false asks for
 *        another run, by when a retry is due
 * @param stopped whether a valve stopped the run
 * @param asked what the person is to be asked about since this run
 */
public record SyncReport(SyncTotals done, boolean quiet, boolean stopped, AskedBatch asked) {
    /** Tells of a run that found nothing to ask. */
    public SyncReport(SyncTotals done, boolean quiet, boolean stopped) {
        this(done, quiet, stopped, AskedBatch.NONE);
    }
}
