package org.tidebox.server.upkeep;

import java.util.ArrayList;
import java.util.List;

/** Counts while garbage is collected. */
final class GcTally {
    final List<String> problems = new ArrayList<>();
    long versions;
    long nodes;
    long chunks;
    long bytes;
    long waitingChunks;
    long waitingBytes;
    long packsDeleted;
    long packsWritten;
    long diskBytes;

    GcReport report() {
        return new GcReport(versions, nodes, chunks, bytes, waitingChunks, waitingBytes, packsDeleted, packsWritten,
                diskBytes, problems);
    }
}
