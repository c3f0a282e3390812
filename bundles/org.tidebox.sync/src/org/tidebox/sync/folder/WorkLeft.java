package org.tidebox.sync.folder;

/**
 * How much there is to do, as far as is known.
 *
 * @param looked how many entries the present scan has looked at
 * @param known how many entries it may find, as there were last time; 0 where that is not known
 * @param bytes of contents that are planned to be fetched, and not here yet
 */
public record WorkLeft(long looked, long known, long bytes) {
}
