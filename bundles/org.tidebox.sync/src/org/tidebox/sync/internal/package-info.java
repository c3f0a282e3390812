/**
 * The rooms of the engine: detect (Scanner, Puller), plan (Goal, Planner, Steps), apply (Applier, Downloader,
 * Uploader).
 */
package org.tidebox.sync.internal;
