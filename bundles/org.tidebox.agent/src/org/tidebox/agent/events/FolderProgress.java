package org.tidebox.agent.events;

import java.time.Duration;
import java.util.List;
import org.tidebox.agent.ContentTransfer;

/**
 * How far a folder has come with its scan or its transfers, since it last rested.
 *
 * @param scanning whether it looks for changes; then files are entries that were looked at, and bytes count nothing
 * @param files how many are done
 * @param filesTotal how many there are; 0 where that is not known
 * @param bytes how many bytes of contents are done
 * @param bytesTotal how many there are, as far as is known by now
 * @param bytesPerSecond how fast it goes at present
 * @param left how long it still takes; {@code null} where nobody can say
 * @param transfers contents on their way
 */
public record FolderProgress(boolean scanning, long files, long filesTotal, long bytes, long bytesTotal,
        long bytesPerSecond, Duration left, List<ContentTransfer> transfers) {
    /** Nothing is going on. */
    public static final FolderProgress NONE = new FolderProgress(false, 0, 0, 0, 0, 0, null, List.of());

    /** Freezes the list. */
    public FolderProgress {
        transfers = List.copyOf(transfers);
    }
}
