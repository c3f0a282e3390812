package org.tidebox.sync.folder;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What a folder asks that stopped, because going on might delete what the user wants to keep. */
@ProviderType
public sealed interface Question extends FolderMessage {
    /** There is no folder: only bringing it back helps. */
    record RootMissing() implements Question {
        @Override
        public boolean isAnswerable() {
            return false;
        }
    }

    /** The folder carries the marker of another sync folder. */
    record RootOther() implements Question {
    }

    /** The folder has lost its marker: it may be another one, or was emptied. */
    record RootUnmarked(String marker) implements Question {
    }

    /** All that was in the folder is gone here. */
    record RootEmptied(long deletedHere, long deletedThere) implements Question {
    }

    /**
     * Very much was deleted here.
     *
     * @param deleted how much in all
     * @param sent how much of that is gone elsewhere, too
     * @param all how many entries there were
     * @param deletedHere how many entries were deleted here and not yet elsewhere
     * @param deletedThere how many were deleted on the server and not yet here
     */
    record DeletedHere(long deleted, long sent, long all, long deletedHere, long deletedThere) implements Question {
    }

    /**
     * Very much was deleted on the server.
     *
     * @param all how many entries there were
     * @param deletedHere how many entries were deleted here and not yet elsewhere
     * @param deletedThere how many were deleted on the server and not yet here
     */
    record DeletedThere(long all, long deletedHere, long deletedThere) implements Question {
    }

    /** The server is older than what this device has seen; the detail says how it was found. */
    record SetBack(String detail) implements Question {
    }

    /** File systems inside the folder are not as they were; all else in it goes on. */
    record MountsAway(List<MountAway> mounts) implements Question {
        /** Freezes the list. */
        public MountsAway {
            mounts = List.copyOf(mounts);
        }

        @Override
        public boolean isAnswerable() {
            return mounts.stream().anyMatch(mount -> !(mount instanceof MountAway.Silent));
        }

        @Override
        public long deletedHere() {
            return mounts.stream().mapToLong(MountAway::entries).sum();
        }
    }

    /** Returns how many entries were deleted on the disk, where that is the question. */
    default long deletedHere() {
        return 0;
    }

    /** Returns how many entries were deleted on the server, where that is the question. */
    default long deletedThere() {
        return 0;
    }

    /** Returns whether yes is an answer; else only a person can do what is needed. */
    default boolean isAnswerable() {
        return true;
    }

    /** Returns whether somebody who said yes to another question has said yes to this one too. */
    default boolean isAnsweredBy(Question other) {
        if (other == null || !isAnswerable()) {
            return false;
        }
        if (isAboutDeletions() && other.isAboutRoot()) {
            // Who takes an empty root as it is was told that this deletes.
            return deletedThere() == 0;
        }
        if (isAboutDeletions() && other instanceof MountsAway) {
            // So was who takes a folder as it is without what was mounted there.
            return deletedThere() == 0 && deletedHere() <= other.deletedHere();
        }
        if (this instanceof MountsAway) {
            return equals(other);
        }
        boolean isSame = isAboutDeletions() && other.isAboutDeletions() || isAboutRoot() && other.isAboutRoot()
                || getClass() == other.getClass();
        return isSame && deletedHere() <= other.deletedHere() && deletedThere() <= other.deletedThere();
    }

    /** Returns whether the folder may be another one. */
    private boolean isAboutRoot() {
        return this instanceof RootOther || this instanceof RootUnmarked;
    }

    private boolean isAboutDeletions() {
        return this instanceof RootEmptied || this instanceof DeletedHere || this instanceof DeletedThere;
    }
}
