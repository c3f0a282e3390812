package org.tidebox.sync.device;

import java.util.Objects;
import org.tidebox.tree.LibraryId;

/**
 * A sync folder as the device's database keeps it.
 *
 * @param id its identity on this device
 * @param root the local directory, as an absolute path or (portable) relative to the home
 * @param library the library it is bound to
 * @param libraryName the library's name, for display
 * @param paused whether it rests on the user's wish
 * @param keepsExtended whether extended attributes of its files and folders are kept on this device
 */
public record FolderDefinition(FolderId id, String root, LibraryId library, String libraryName, boolean paused,
        boolean keepsExtended) {
    /** Checks that nothing is missing. */
    public FolderDefinition {
        Objects.requireNonNull(id);
        Objects.requireNonNull(root);
        Objects.requireNonNull(library);
        Objects.requireNonNull(libraryName);
    }

    /** Returns the same folder, resting or not. */
    public FolderDefinition withPaused(boolean nowPaused) {
        return new FolderDefinition(id, root, library, libraryName, nowPaused, keepsExtended);
    }

    /** Returns the same folder, with or without extended attributes. */
    public FolderDefinition withExtended(boolean nowKeeps) {
        return new FolderDefinition(id, root, library, libraryName, paused, nowKeeps);
    }
}
