package org.tidebox.agent.events;

import org.tidebox.sync.folder.FolderMessage;

/**
 * What a folder asks.
 *
 * @param kind who asks
 * @param found what was found; {@code null} for rules
 * @param entries how many entries wait for an answer, where rules ask
 */
public record FolderQuestion(Kind kind, FolderMessage found, long entries) {
    /** Who asks. */
    public enum Kind {
        /** The folder has stopped, since going on might delete what the person wants to keep. */
        STOPPED,
        /** Rules that want to know what to do with entries. */
        RULES
    }
}
