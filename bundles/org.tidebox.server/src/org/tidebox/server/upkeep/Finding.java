package org.tidebox.server.upkeep;

/**
 * Something that is not as it should be.
 *
 * @param account whose data are concerned
 * @param library which library, or {@code null} if none or unknown
 * @param path of the file or folder that is concerned, or {@code null}
 * @param problem what is wrong, a sentence for an operator
 */
public record Finding(String account, String library, String path, String problem) {
}
