package org.tidebox.sync.folder;

import org.osgi.annotation.versioning.ProviderType;

/** What a person should know, or do, about a sync folder. These are facts; each face has its own words for them. */
@ProviderType
public sealed interface FolderMessage
        permits FolderMessage.Failed, FolderMessage.NoAgent, FolderMessage.MuchIsDeleted, Question {
    /** The last run failed, and it is tried again. */
    record Failed(String detail) implements FolderMessage {
    }

    /** No agent runs, so nothing is synchronised now. */
    record NoAgent() implements FolderMessage {
    }

    /** Much is being deleted; what that is is looked at once it has ended. */
    record MuchIsDeleted() implements FolderMessage {
    }
}
