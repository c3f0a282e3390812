package org.tidebox.agent;

/**
 * A device of the account that is logged in.
 *
 * @param number tells it from others of the same name
 * @param name how the person calls it
 * @param own whether it is this one
 * @param connected whether it listens to the server's news now
 * @param created when it was connected with the account, ISO 8601 in UTC
 * @param lastSeen when the server last saw it, to the hour, ISO 8601 in UTC
 * @param address where the server last saw it, or {@code null} if that is not known
 * @param expires when its login ends unless it is used, ISO 8601 in UTC
 */
public record DeviceReport(long number, String name, boolean own, boolean connected, String created, String lastSeen,
        String address, String expires) {
}
