package org.tidebox.server.admin;

/**
 * A device, for operators.
 *
 * @param account whose it is
 * @param number tells it from others of the same name
 * @param name as the person calls it
 * @param connected whether it listens to the news now
 * @param created when it was connected with the account, ISO 8601 in UTC
 * @param lastSeen when it was last seen, to the hour, ISO 8601 in UTC
 * @param address where it was last seen, or {@code null} if that is not known
 * @param expires when its token ends unless it is used, ISO 8601 in UTC
 */
public record DeviceInfo(String account, long number, String name, boolean connected, String created, String lastSeen,
        String address, String expires) {
}
