package org.tidebox.model.internal;

import org.eclipse.emf.common.command.AbstractCommand;
import org.eclipse.emf.ecore.change.ChangeDescription;

/** A step that was made while its changes were recorded. */
public final class RecordedChange extends AbstractCommand {
    private final ChangeDescription change;

    /** Makes a step of what leads back. */
    public RecordedChange(String label, ChangeDescription back) {
        super(label);
        change = back;
    }

    @Override
    protected boolean prepare() {
        return true;
    }

    /** Does nothing: the step was made already. */
    @Override
    public void execute() {
        // See above.
    }

    @Override
    public void undo() {
        change.applyAndReverse();
    }

    @Override
    public void redo() {
        change.applyAndReverse();
    }
}
