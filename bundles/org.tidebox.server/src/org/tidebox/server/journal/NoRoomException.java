package org.tidebox.server.journal;

import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;

/** Takes the problem of a commit for which there is no room through the transaction that it ends. */
public final class NoRoomException extends StorageException {
    private static final long serialVersionUID = 1L;
    private final ProblemException problem;

    NoRoomException(ProblemException problem) {
        super(problem.getMessage(), false, null);
        this.problem = problem;
    }

    /** Returns what to tell the device. */
    public ProblemException getProblem() {
        return problem;
    }
}
