package org.tidebox.agent;

import java.util.List;
import org.tidebox.sync.folder.Problem;

/**
 * What was brought back.
 *
 * @param path what was asked for
 * @param to the directory that it was written into, or {@code null} for its own place
 * @param files how many files
 * @param others how many folders and links
 * @param bytes of those files
 * @param unchanged how many entries were as wanted already
 * @param taken the version of a file or link that was taken, where a time or version was asked for; else {@code null}
 * @param thinned of how many entries retention has let go of versions close to the wanted time, so that an older one
 *        was taken, which may not be the one of then
 * @param older the paths of the first {@link #MOST_OLDER} of those
 * @param renamed what came back under another name, since its own was taken: {@code path → new name}
 * @param problems what did not come back, and why
 */
public record RestoreReport(String path, String to, long files, long others, long bytes, long unchanged,
        FileVersion taken, long thinned, List<String> older, List<String> renamed, List<Problem> problems) {
    /** So many of the older ones are named. */
    public static final int MOST_OLDER = 100;

    /** Freezes the lists. */
    public RestoreReport {
        older = List.copyOf(older);
        renamed = List.copyOf(renamed);
        problems = List.copyOf(problems);
    }
}
