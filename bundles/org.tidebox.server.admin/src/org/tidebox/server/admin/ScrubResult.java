package org.tidebox.server.admin;

import java.util.List;

/**
 * What reading everything again found.
 *
 * @param chunks how many chunks were read
 * @param bytes the bytes that they take
 * @param damaged how many of them are not what was stored, or cannot be read
 * @param count how many findings there are
 * @param findings the first thousand of them
 */
public record ScrubResult(long chunks, long bytes, long damaged, long count, List<FindingInfo> findings) {
}
