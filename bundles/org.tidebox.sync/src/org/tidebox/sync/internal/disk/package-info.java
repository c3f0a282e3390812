/**
 * The file system below a sync folder: reads entries, keeps extended attributes, checks that nothing has changed before a change,
 * makes changes last, and knows the clock by which files get their times.
 */
package org.tidebox.sync.internal.disk;
