/** The file systems that are mounted inside a sync folder, and what to do while one is missing. */
package org.tidebox.sync.internal.mounts;
