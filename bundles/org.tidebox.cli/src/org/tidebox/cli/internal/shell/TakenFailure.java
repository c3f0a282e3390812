package org.tidebox.cli.internal.shell;

/** A process could not be started because another one has what it needs; that one may be starting or ending. */
public final class TakenFailure extends CommandFailure {
    private static final long serialVersionUID = 1L;

    /** Says what has it. */
    public TakenFailure(String message) {
        super(message);
    }

    @Override
    public boolean isPermanent() {
        return false;
    }
}
