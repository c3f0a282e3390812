package org.tidebox.agent;

import java.util.List;

/**
 * All that a face shows at a glance.
 *
 * @param account who is logged in, or {@code null}
 * @param connection how it stands with the server
 * @param message what a person should know or do about the connection, or {@code null}
 * @param folders the sync folders, by directory
 * @param home the agent's home, absolute
 * @param notice what a person should know about the home, or {@code null}
 * @param revision what happens after this state has higher ones
 */
public record AgentStatus(AccountStatus account, ConnectionState connection, String message, List<FolderReport> folders,
        String home, String notice, long revision) {
    /** Freezes the list. */
    public AgentStatus {
        folders = List.copyOf(folders);
    }
}
