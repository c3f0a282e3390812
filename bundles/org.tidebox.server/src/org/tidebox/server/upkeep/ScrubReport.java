package org.tidebox.server.upkeep;

import java.util.List;

/**
 * What reading everything again found.
 *
 * @param chunks how many chunks were read
 * @param bytes the bytes of their frames
 * @param damaged how many of them are not what was stored, or cannot be read
 * @param count how many findings there are
 * @param findings the first thousand of them: each damaged chunk, and each version that it belongs to
 */
public record ScrubReport(long chunks, long bytes, long damaged, long count, List<Finding> findings) {
    /** Freezes the list. */
    public ScrubReport {
        findings = List.copyOf(findings);
    }
}
