package org.tidebox.sync;

/**
 * What one run of a sync folder did.
 *
 * @param done how much, in this run
 * @param quiet whether both sides are the same now, but for the listed problems; false asks for another run, by when a
 *        retry is due
 * @param stopped whether a valve stopped the run
 */
public record SyncReport(SyncTotals done, boolean quiet, boolean stopped) {
}
