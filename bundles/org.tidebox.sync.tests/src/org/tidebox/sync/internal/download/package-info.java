/** Tests of how contents reach the disk. */
package org.tidebox.sync.internal.download;
