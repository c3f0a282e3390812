package org.tidebox.sync.rules;

import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Direction;

/**
 * What decides on the transfers of one sync folder.
 *
 * @param upload on what would go to the server
 * @param download on what would come from it
 * @param uploadCandidates how candidates for uploads are found; others are not even decided on
 * @param downloadCandidates likewise for downloads
 */
public record FolderRules(Decider upload, Decider download, CandidateMode uploadCandidates,
        CandidateMode downloadCandidates) {
    /** Transfers everything, and asks nobody. */
    public static final FolderRules NONE = new FolderRules(Decider.TRANSFER_ALL, Decider.TRANSFER_ALL);

    /** Compares the indexes of both sides to find candidates. */
    public FolderRules(Decider upload, Decider download) {
        this(upload, download, CandidateMode.INDEX, CandidateMode.INDEX);
    }

    /** Returns whether nothing can be held. */
    public boolean isNone() {
        return upload == Decider.TRANSFER_ALL && download == Decider.TRANSFER_ALL
                && uploadCandidates == CandidateMode.INDEX && downloadCandidates == CandidateMode.INDEX;
    }

    /** Returns what decides in a direction. */
    public Decider decider(Direction direction) {
        return direction == Direction.UPLOAD ? upload : download;
    }

    /** Returns how candidates for a direction are found. */
    public CandidateMode candidates(Direction direction) {
        return direction == Direction.UPLOAD ? uploadCandidates : downloadCandidates;
    }

    /** Returns whether a decision may change as time passes, although nothing else does. */
    public boolean dependsOnTime() {
        return upload != Decider.TRANSFER_ALL && upload.dependsOnTime()
                || download != Decider.TRANSFER_ALL && download.dependsOnTime();
    }
}
