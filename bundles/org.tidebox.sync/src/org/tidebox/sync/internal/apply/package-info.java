/** Carries out operations on the disk, each only if the entry is still what was planned for. */
package org.tidebox.sync.internal.apply;
