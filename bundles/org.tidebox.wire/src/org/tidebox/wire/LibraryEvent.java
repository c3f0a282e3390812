package org.tidebox.wire;

import org.tidebox.tree.LibraryId;

/**
 * News on the event stream.
 *
 * @param library which one
 * @param head where its journal is now
 */
public record LibraryEvent(LibraryId library, long head) {
}
