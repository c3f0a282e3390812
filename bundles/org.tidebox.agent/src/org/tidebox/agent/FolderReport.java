package org.tidebox.agent;

import java.util.List;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;

/**
 * How a sync folder is.
 *
 * @param directory where it lies, absolute
 * @param library the library it is kept the same as
 * @param activity what it is doing
 * @param message what a person should know or do, or {@code null}
 * @param entries how many files, folders and links are synced
 * @param sequence the server's sequence that the folder has reached
 * @param head the highest sequence of the library that was heard of
 * @param pendingUploads entries that differ here and are to be sent
 * @param pendingDownloads entries that differ on the server and are to be fetched
 * @param watcher the provider that watches it, or {@code null} while none does
 * @param transfers contents on their way
 * @param totals what was done since the folder was opened
 * @param problems what could not be synced, and why
 * @param conflicts conflict copies that wait for a person to choose, relative to the folder
 * @param xattrs whether extended attributes are kept here
 * @param needsPerson whether a person has to do something before all is the same; what else is in the way goes away, or is
 *        tried again, by itself
 * @param watchNotice why it is not watched as well as it could be, or {@code null}
 */
public record FolderReport(String directory, String library, FolderActivity activity, FolderMessage message,
        long entries,
        long sequence,
        long head, long pendingUploads, long pendingDownloads, String watcher, List<Transfer> transfers,
        SyncTotals totals,
        List<Problem> problems, List<String> conflicts, boolean xattrs, boolean needsPerson, String watchNotice) {
    /** Freezes the lists. */
    public FolderReport {
        transfers = List.copyOf(transfers);
        problems = List.copyOf(problems);
        conflicts = List.copyOf(conflicts);
    }
}
