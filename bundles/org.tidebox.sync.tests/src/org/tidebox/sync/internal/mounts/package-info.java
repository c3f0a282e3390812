/** Tests of file systems that are mounted inside a sync folder. */
package org.tidebox.sync.internal.mounts;
