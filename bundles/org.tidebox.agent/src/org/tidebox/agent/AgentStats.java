package org.tidebox.agent;

/**
 * What was moved since the agent started.
 *
 * @param sent bytes sent on the socket, with everything that TLS and HTTP add
 * @param received bytes received on the socket
 * @param requests requests to the server
 * @param filesUploaded files whose content went up
 * @param filesDownloaded files whose content came down
 * @param uptimeMillis how long the agent has been running
 */
public record AgentStats(long sent, long received, long requests, long filesUploaded, long filesDownloaded,
        long uptimeMillis) {
}
