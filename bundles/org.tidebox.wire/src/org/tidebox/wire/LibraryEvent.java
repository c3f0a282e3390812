package org.tidebox.wire;

import org.tidebox.tree.LibraryId;

/**
 * News on the event stream.
 *
 * @param library which one
 * @param head where its journal is now
 * @param wanted whether the server lacks parts of contents and asks for them: {@link Routes#wanted}
 * @param pushed the newest changes up to {@code head}, where they are few and small; else {@code null}
 */
public record LibraryEvent(LibraryId library, long head, boolean wanted, PushedChanges pushed) {
    /** Believes no sender that its changes lead to the head. */
    public LibraryEvent {
        if (pushed != null && pushed.upTo() != head) {
            throw new IllegalArgumentException("changes up to " + pushed.upTo() + " do not lead to " + head);
        }
    }

    /** News of a head only. */
    public LibraryEvent(LibraryId library, long head) {
        this(library, head, false, null);
    }

    /** News without changes. */
    public LibraryEvent(LibraryId library, long head, boolean wanted) {
        this(library, head, wanted, null);
    }

    /** Returns what two pieces of news of one library say together, in whatever order they came. */
    public LibraryEvent join(LibraryEvent other) {
        long newest = Math.max(head, other.head);
        return new LibraryEvent(library, newest, wanted || other.wanted,
                PushedChanges.join(pushed, other.pushed, newest));
    }

    /** Returns the same without changes. */
    public LibraryEvent withoutPushed() {
        return new LibraryEvent(library, head, wanted);
    }
}
