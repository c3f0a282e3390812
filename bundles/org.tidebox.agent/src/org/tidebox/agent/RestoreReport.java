package org.tidebox.agent;

import java.util.List;
import org.tidebox.sync.Problem;

/**
 * What was brought back.
 *
 * @param path what was asked for
 * @param to the directory that it was written into, or {@code null} for its own place
 * @param files how many files
 * @param others how many folders and links
 * @param bytes of those files
 * @param unchanged how many entries were as wanted already
 * @param renamed what came back under another name, since its own was taken: {@code path → new name}
 * @param problems what did not come back, and why
 */
public record RestoreReport(String path, String to, long files, long others, long bytes, long unchanged,
        List<String> renamed, List<Problem> problems) {
    /** Freezes the lists. */
    public RestoreReport {
        renamed = List.copyOf(renamed);
        problems = List.copyOf(problems);
    }
}
