package org.tidebox.sync.rules;

/**
 * What other rules would change.
 *
 * @param startFiles held files that would be transferred at once
 * @param startBytes their bytes
 * @param stopFiles files that would be held, now or with their next version
 * @param stopBytes their bytes
 */
public record RulePreview(long startFiles, long startBytes, long stopFiles, long stopBytes) {
}
