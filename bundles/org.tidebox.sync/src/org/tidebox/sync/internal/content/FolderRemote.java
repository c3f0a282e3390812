package org.tidebox.sync.internal.content;

import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.tree.LibraryId;

/**
 * The server's side of a folder: its library, and what contents are made of there.
 *
 * @param remote the server
 * @param library the library that the folder is bound to
 * @param device the name of this device
 * @param chunkers cut contents
 * @param leaves the lists of recipe entries that came by lately
 */
public record FolderRemote(Remote remote, LibraryId library, String device, ChunkerRegistry chunkers,
        KnownLeaves leaves) {
    /** Begins without knowing any list of recipe entries. */
    public FolderRemote(Remote remote, LibraryId library, String device, ChunkerRegistry chunkers) {
        this(remote, library, device, chunkers, new KnownLeaves());
    }
}
