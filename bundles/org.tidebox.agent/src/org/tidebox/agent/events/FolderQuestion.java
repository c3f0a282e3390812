package org.tidebox.agent.events;

/**
 * What a folder asks.
 *
 * @param kind who asks
 * @param text what was found, for a person; {@code null} for rules
 * @param entries how many entries wait for an answer, where rules ask
 */
public record FolderQuestion(Kind kind, String text, long entries) {
    /** Who asks. */
    public enum Kind {
        /** The folder has stopped, since going on might delete what the person wants to keep. */
        STOPPED,
        /** Rules that want to know what to do with entries. */
        RULES
    }
}
