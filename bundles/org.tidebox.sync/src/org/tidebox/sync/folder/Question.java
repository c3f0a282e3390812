package org.tidebox.sync.folder;

/**
 * What a folder asks that stopped, because going on might delete what the user wants to keep.
 *
 * @param kind what was found
 * @param deletedHere how many entries were deleted on the disk, where that is the question
 * @param deletedThere how many entries were deleted on the server, where that is the question
 * @param text what was found and what the user can do, for a person
 * @param consequence what is done once the user has said yes, for a person; {@code null} where yes is no answer
 */
public record Question(Kind kind, long deletedHere, long deletedThere, String text, String consequence) {
    /** What was found. */
    public enum Kind {
        /** There is no folder: only bringing it back helps. */
        ROOT_MISSING,
        /** The folder is not the one that was there before, or has lost its marker. */
        ROOT_STRANGE,
        /** Very much was deleted. */
        DELETIONS,
        /** The server is older than what this device has seen. */
        SET_BACK,
        /** A file system that was mounted inside the folder is missing, or there is another one. */
        MOUNT
    }

    /** Asks what to do about a server that was set back. */
    public static Question setBack(String text) {
        return new Question(Kind.SET_BACK, 0, 0, text,
                "What this device has is brought back to the server; where the two differ, both are kept.");
    }

    /** Returns whether somebody who said yes to another question has said yes to this one too. */
    public boolean isAnsweredBy(Question other) {
        if (other == null || consequence == null) {
            return false;
        }
        if (kind == Kind.DELETIONS && other.kind == Kind.ROOT_STRANGE) {
            // Who takes an empty root as it is was told that this deletes.
            return deletedThere == 0;
        }
        if (kind == Kind.DELETIONS && other.kind == Kind.MOUNT) {
            // So was who takes a folder as it is without what was mounted there.
            return deletedThere == 0 && deletedHere <= other.deletedHere;
        }
        if (kind == Kind.MOUNT) {
            return text.equals(other.text);
        }
        return kind == other.kind && deletedHere <= other.deletedHere && deletedThere <= other.deletedThere;
    }
}
