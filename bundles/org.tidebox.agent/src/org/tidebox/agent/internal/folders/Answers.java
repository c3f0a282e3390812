package org.tidebox.agent.internal.folders;

import java.time.Duration;
import java.util.Optional;
import org.tidebox.agent.AgentException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Question;

/** How a person says yes to what a folder asks that stopped. */
public record Answers(SyncFolders folders) {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration WORK = Duration.ofMinutes(2);

    /**
     * Lets a folder work again; where no agent runs, while this command lasts.
     *
     * @return what is done because of the yes, or {@code null} if it did not ask
     */
    public Question resume(OpenFolder folder) throws AgentException, TreeStoreException {
        if (folders.unpause(folder)) {
            return null;
        }
        if (!folder.isAtWork()) {
            // It works for this command only; what it asks is known once it has looked.
            Calm.sync(folder, WORK);
        }
        Optional<Question> question = folder.answer();
        if (question.isEmpty()) {
            return null;
        }
        if (!question.get().isAnswerable()) {
            return stillAsked(folder);
        }
        if (!folders.isWorking()) {
            Calm.sync(folder, WORK);
        }
        return question.get();
    }

    /** Only the person can do what is needed; perhaps that was done a moment ago. */
    private static Question stillAsked(OpenFolder folder) throws AgentException {
        Calm.sync(folder, LOOK);
        return folder.answer().filter(question -> !question.isAnswerable()).orElse(null);
    }
}
