package org.tidebox.agent.events;

import org.tidebox.agent.FolderActivity;
import org.tidebox.sync.folder.FolderMessage;

/**
 * What a folder is doing, in short.
 *
 * @param directory where it lies, absolute
 * @param library the library it is kept the same as
 * @param activity what it is doing
 * @param message what a person should know or do, or {@code null}
 * @param pendingUploads entries that differ here and are to be sent
 * @param pendingDownloads entries that differ on the server and are to be fetched
 * @param problems how many entries cannot be synchronised
 * @param conflicts how many conflict copies wait for a choice
 */
public record FolderSummary(String directory, String library, FolderActivity activity, FolderMessage message,
        long pendingUploads, long pendingDownloads, long problems, long conflicts) {
}
