/** Tests of changes to the disk. */
package org.tidebox.sync.internal.apply;
