package org.tidebox.server.admin;

/**
 * A person, for operators.
 *
 * @param name as the person types it
 * @param disabled whether the person is locked out
 * @param quota the most bytes of stored chunks, 0 for no limit
 * @param used bytes of stored chunks
 * @param created when the account was added, ISO 8601 in UTC
 */
public record AccountInfo(String name, boolean disabled, long quota, long used, String created) {
}
