package org.tidebox.agent;

/**
 * Who is logged in.
 *
 * @param account the person
 * @param device how the person calls this installation
 * @param server where the server is, {@code https://host:port}
 */
public record AccountStatus(String account, String device, String server) {
}
