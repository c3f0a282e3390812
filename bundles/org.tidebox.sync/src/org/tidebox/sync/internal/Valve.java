package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tidebox.sync.FolderId;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStore.Differences;
import org.tidebox.sync.TreeStoreException;

/** Stops a folder before it deletes what the user probably wants to keep. */
final class Valve {
    private static final int FEW = 50;
    private static final int PERCENT = 30;

    private final Path root;
    private final FolderId id;
    private final TreeStore store;
    private final FolderMarker marker;

    Valve(Path root, FolderId id, TreeStore store) {
        this.root = root;
        this.id = id;
        this.store = store;
        this.marker = new FolderMarker(root);
    }

    /**
     * Checks that the root is there and is the right one; marks it the first time.
     *
     * @param accepted whether the user has looked and wants to go on with the root as it is
     * @return why to stop; empty if all is well
     */
    Optional<String> root(boolean accepted) throws IOException, TreeStoreException {
        if (!Files.isDirectory(root)) {
            return Optional.of("The folder " + root
                    + " is not there; nothing is deleted anywhere. Is its disk mounted? Bring it back, then 'tidebox folder"
                    + " resume'; if it is gone for good, 'tidebox folder remove'");
        }
        Optional<FolderId> found = marker.read();
        boolean known = FolderMarker.isExpected(store);
        if (known && found.isPresent() && found.get().equals(id)) {
            return Optional.empty();
        }
        if (known && !accepted) {
            return Optional.of(found.isPresent()
                    ? "The folder " + root
                            + " carries the marker of another sync folder; 'tidebox folder resume' takes it over"
                    : "The folder " + root + " has lost its marker " + FolderMarker.FOLDER
                            + "; nothing is deleted anywhere. Is it another disk, or was it emptied? 'tidebox folder resume'"
                            + " goes on with it as it is: what is missing here is deleted everywhere. To get all back"
                            + " instead: 'tidebox folder remove', then 'tidebox folder add' with the same library");
        }
        marker.write(id);
        FolderMarker.expect(store);
        return Optional.empty();
    }

    /**
     * Checks that not too much is about to be deleted.
     *
     * @return why to stop; empty if all is well
     */
    Optional<String> deletions() throws TreeStoreException {
        Differences differences = store.differences();
        long most = Math.max(differences.localDeleted(), differences.remoteDeleted());
        if (most <= FEW) {
            return Optional.empty();
        }
        long all = store.syncedCount();
        if (most * 100 <= all * PERCENT) {
            return Optional.empty();
        }
        boolean here = differences.localDeleted() == most;
        return Optional
                .of(most + " of " + all + " entries of " + root + " were deleted " + (here ? "here" : "on the server")
                        + ", and nothing of that is done yet; 'tidebox folder resume' deletes them "
                        + (here ? "everywhere" : "here too")
                        + ". To get them back instead: " + (here
                                ? "'tidebox folder remove', then 'tidebox folder add' with the same library"
                                : "'tidebox folder resume', then 'tidebox trash list'"));
    }
}
