package org.tidebox.agent.internal.rules;

import java.util.function.Consumer;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelException;
import org.tidebox.rules.RuleException;

/** Changes what is configured, and lets it decide at once. */
record RuleChanges(SyncFolders folders, RuleBook book) {
    /** A change of what is configured. */
    @FunctionalInterface
    private interface Edit {
        void make() throws ModelException, RuleException;
    }

    /**
     * Changes the rules of a folder.
     *
     * @throws AgentException if they could not be used then; all is as it was
     */
    void change(OpenFolder folder, String label, RuleModel.Change change) throws AgentException {
        edit(() -> book.model().change(folder.definition().id(), label, change));
        decideAnew(folder);
    }

    /**
     * Changes what concerns all folders.
     *
     * @throws AgentException if rules could not be used then; all is as it was
     */
    void changeAll(String label, Consumer<Configuration> change) throws AgentException {
        edit(() -> book.model().change(label, change));
        folders.all().forEach(this::decideAnew);
    }

    /** A folder is none any more. */
    void forget(OpenFolder folder) {
        book.forget(folder.definition().id());
    }

    private static void edit(Edit edit) throws AgentException {
        try {
            edit.make();
        } catch (ModelException e) {
            throw new AgentException("Nothing was changed: " + e.getMessage(), e.isPermanent(), e);
        } catch (RuleException e) {
            throw new AgentException("Nothing was changed: " + e.getMessage(), true, e);
        }
    }

    private void decideAnew(OpenFolder folder) {
        folder.engine().ifPresent(engine -> engine.rules(book.of(folder.definition().id())));
        folder.planAnew();
    }
}
