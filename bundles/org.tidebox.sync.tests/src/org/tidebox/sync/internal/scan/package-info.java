/** Tests of what a scan finds, and of when it stops and asks. */
package org.tidebox.sync.internal.scan;
