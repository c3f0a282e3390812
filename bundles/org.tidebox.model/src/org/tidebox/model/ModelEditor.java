package org.tidebox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.emf.common.command.BasicCommandStack;
import org.eclipse.emf.common.command.CommandStack;
import org.eclipse.emf.ecore.change.ChangeDescription;
import org.eclipse.emf.ecore.change.util.ChangeRecorder;
import org.tidebox.model.internal.RecordedChange;

/**
 * Changes a configuration, step by step and with undo: each step is checked and durably saved, or has no effect. Faces
 * hear of changes as adapters of the model's objects, and show the steps of {@link #commands}. Thread-safe; whoever
 * only reads while others change reads inside {@link #read}.
 */
public final class ModelEditor {
    private final ModelFile file;
    private final Configuration configuration;
    private final ModelConstraints constraints;
    private final BasicCommandStack commands = new BasicCommandStack();

    /** Edits a configuration that was read from a file. */
    public ModelEditor(ModelFile file, Configuration configuration, ModelConstraints constraints) {
        this.file = file;
        this.configuration = configuration;
        this.constraints = constraints;
    }

    /** Reads from the configuration while nobody changes it. */
    public synchronized void read(Consumer<Configuration> reader) {
        reader.accept(configuration);
    }

    /** Returns the steps that can be undone and done again. Use {@link #undo} and {@link #redo} to do so. */
    public CommandStack commands() {
        return commands;
    }

    /** Returns what is wrong with the configuration now; possible only where somebody else wrote the file. */
    public synchronized List<String> problems() {
        return constraints.problems(configuration);
    }

    /**
     * Makes a change.
     *
     * @param label what it does, for people
     * @throws ModelException if it would make the configuration wrong in a way in which it was not, or cannot be saved;
     *             nothing is changed then
     */
    public synchronized void change(String label, Consumer<Configuration> change) throws ModelException {
        List<String> before = constraints.problems(configuration);
        ChangeDescription back = record(change);
        if (back.getObjectChanges().isEmpty()) {
            return;
        }
        RecordedChange command = new RecordedChange(label, back);
        List<String> after = new ArrayList<>(constraints.problems(configuration));
        after.removeAll(before);
        if (!after.isEmpty()) {
            command.undo();
            throw new ModelException(after.getFirst(), file.path(), true, null);
        }
        saveOr(command::undo);
        commands.execute(command);
    }

    /** Takes back the last step, if there is one. */
    public synchronized void undo() throws ModelException {
        if (commands.canUndo()) {
            commands.undo();
            saveOr(commands::redo);
        }
    }

    /** Makes the step again that was taken back last, if there is one. */
    public synchronized void redo() throws ModelException {
        if (commands.canRedo()) {
            commands.redo();
            saveOr(commands::undo);
        }
    }

    private void saveOr(Runnable takeBack) throws ModelException {
        try {
            file.save(configuration);
        } catch (ModelException e) {
            takeBack.run();
            throw e;
        }
    }

    private ChangeDescription record(Consumer<Configuration> change) {
        ChangeRecorder recorder = new ChangeRecorder(configuration);
        ChangeDescription back;
        boolean done = false;
        try {
            change.accept(configuration);
            done = true;
        } finally {
            back = recorder.endRecording();
            recorder.dispose();
            if (!done) {
                back.apply();
            }
        }
        return back;
    }
}
