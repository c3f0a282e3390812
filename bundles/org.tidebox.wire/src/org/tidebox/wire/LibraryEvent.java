package org.tidebox.wire;

import org.tidebox.tree.LibraryId;

/**
 * News on the event stream.
 *
 * @param library which one
 * @param head where its journal is now
 * @param wanted whether the server lacks parts of contents and asks for them: {@link Routes#wanted}
 */
public record LibraryEvent(LibraryId library, long head, boolean wanted) {
    /** News of a head only. */
    public LibraryEvent(LibraryId library, long head) {
        this(library, head, false);
    }

    /** Returns what two pieces of news of one library say together. */
    public LibraryEvent join(LibraryEvent other) {
        return new LibraryEvent(library, Math.max(head, other.head), wanted || other.wanted);
    }
}
