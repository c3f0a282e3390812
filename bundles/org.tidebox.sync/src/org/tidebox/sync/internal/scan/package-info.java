/**
 * Detects what changed on the disk: lists folders, recognises entries, and finds what is missing. Also decides whether what it
 * found is safe to act on.
 */
package org.tidebox.sync.internal.scan;
