/** Brings contents from the server to the disk, from local copies where there are any. */
package org.tidebox.sync.internal.download;
