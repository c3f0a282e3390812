/** Tests of history, trash, restore and export. */
package org.tidebox.sync.past;
