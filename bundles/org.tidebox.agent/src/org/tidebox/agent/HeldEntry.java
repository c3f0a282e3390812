package org.tidebox.agent;

/**
 * An entry that the rules hold back.
 *
 * @param path absolute, also where it is not on this device
 * @param upload whether it would go to the server; else come from it
 * @param kind {@code FILE} or {@code FOLDER}
 * @param size in bytes
 * @param asked whether the person is asked about it
 * @param rule the number of the rule in its list, 0 for the default, -1 for rules that cannot be used
 * @param reason why, for a person
 */
public record HeldEntry(String path, boolean upload, String kind, long size, boolean asked, int rule, String reason) {
}
