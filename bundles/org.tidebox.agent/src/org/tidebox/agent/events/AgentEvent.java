package org.tidebox.agent.events;

import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.ConnectionState;
import org.tidebox.sync.folder.Obstacle;

/** Something that has happened. An event about a state tells the state after it, whatever was between. */
@ProviderType
public sealed interface AgentEvent {
    /** Returns its number, which is higher than those of all events before it. */
    long revision();

    /** Returns what it is about. */
    EventKind kind();

    /**
     * It stands otherwise with account or server.
     *
     * @param account who is logged in, or {@code null}
     * @param message what a person should know about the connection, or {@code null}
     */
    record AccountChanged(long revision, AccountStatus account, ConnectionState connection, String message)
            implements
                AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.ACCOUNT;
        }
    }

    /** A folder was added, or does something else than before. */
    record FolderChanged(long revision, FolderSummary folder) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.FOLDER;
        }
    }

    /** A folder is a sync folder no longer; nothing more is told of it. */
    record FolderRemoved(long revision, String directory) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.FOLDER;
        }
    }

    /** A folder has got on with its work, or has ended it. */
    record ProgressChanged(long revision, String directory, FolderProgress progress) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.PROGRESS;
        }
    }

    /**
     * An entry cannot be synchronised, for this reason now; or can again.
     *
     * @param path relative to the folder, with slashes
     * @param reason what is in the way; {@code null} if the problem is gone
     * @param retried whether it is new and tried again by itself
     */
    record ProblemChanged(long revision, String directory, String path, Obstacle reason, boolean retried)
            implements
                AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.PROBLEM;
        }
    }

    /**
     * A folder asks something, or does so no longer.
     *
     * @param question what it asks; {@code null} for nothing any more
     */
    record QuestionChanged(long revision, String directory, FolderQuestion question) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.QUESTION;
        }
    }

    /**
     * A conflict copy has appeared, or is settled.
     *
     * @param path of the copy, relative to the folder, with slashes
     */
    record ConflictChanged(long revision, String directory, String path, boolean settled) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.CONFLICT;
        }
    }

    /** Something was done. */
    record ActivityAdded(long revision, Activity activity) implements AgentEvent {
        @Override
        public EventKind kind() {
            return EventKind.ACTIVITY;
        }
    }
}
