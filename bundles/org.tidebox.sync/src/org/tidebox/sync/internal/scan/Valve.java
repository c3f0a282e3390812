package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStore.Differences;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.trees.Deletions;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/** Stops a folder before it deletes what the user probably wants to keep. */
public final class Valve {
    private static final int FEW = 50;
    private static final int PERCENT = 30;

    private final Path root;
    private final FolderId id;
    private final TreeStore store;
    private final Remote remote;
    private final LibraryId library;
    private final FolderMarker marker;

    public Valve(Path root, FolderId id, TreeStore store, Remote remote, LibraryId library) {
        this.root = root;
        this.id = id;
        this.store = store;
        this.remote = remote;
        this.library = library;
        this.marker = new FolderMarker(root);
    }

    /**
     * Checks that the root is there and is the right one; marks it the first time.
     *
     * @param answer what the user has looked at and wants to go on with, or {@code null}
     * @return why to stop; empty if all is well
     */
    public Optional<Question> root(Question answer) throws IOException, TreeStoreException {
        if (!Files.isDirectory(root)) {
            return Optional.of(new Question.RootMissing());
        }
        Optional<FolderId> found = marker.read();
        boolean known = FolderMarker.isExpected(store);
        if (known && found.isPresent() && found.get().equals(id)) {
            return Optional.empty();
        }
        Question question = found.isPresent()
                ? new Question.RootOther()
                : new Question.RootUnmarked(FolderMarker.FOLDER);
        if (known && !question.isAnsweredBy(answer)) {
            return Optional.of(question);
        }
        marker.write(id);
        FolderMarker.expect(store);
        return Optional.empty();
    }

    /**
     * Checks that not too much is about to be deleted, and that the root was not emptied.
     *
     * @param sent how much of a deletion that may still go on has been sent already
     * @return why to stop; empty if all is well
     */
    public Optional<Question> deletions(long sent) throws IOException, TreeStoreException, RemoteException {
        Differences differences = store.differences();
        long here = differences.localDeleted();
        long there = differences.remoteDeleted();
        if (here > 0 && isEmptied()) {
            return Optional.of(new Question.RootEmptied(here, there));
        }
        if (Math.max(here > 0 ? here + sent : 0, there) <= FEW) {
            return Optional.empty();
        }
        long all = store.syncedCount() + sent;
        if (!isMuch(here + sent, all) && !isMuch(there, all)) {
            return Optional.empty();
        }
        Deletions.Count count = Deletions.of(store, remote, library);
        boolean isMuchHere = count.here() > 0 && isMuch(count.here() + sent, all);
        return isMuchHere || isMuch(count.there(), all)
                ? Optional.of(deleted(count, isMuchHere, sent, all))
                : Optional.empty();
    }

    private static boolean isMuch(long deleted, long all) {
        return deleted > FEW && deleted * 100 > all * PERCENT;
    }

    private static Question deleted(Deletions.Count count, boolean here, long sent, long all) {
        return here
                ? new Question.DeletedHere(count.here() + sent, sent, all, count.here(), count.there())
                : new Question.DeletedThere(all, count.here(), count.there());
    }

    /** If nothing is left on the server either, nothing can be lost. */
    private boolean isEmptied() throws IOException, TreeStoreException {
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.anyMatch(entry -> !entry.getFileName().toString().equals(FolderMarker.FOLDER))) {
                return false;
            }
        }
        return store.children(NodeId.ROOT).isEmpty() && !store.remoteChildren(NodeId.ROOT).isEmpty();
    }
}
