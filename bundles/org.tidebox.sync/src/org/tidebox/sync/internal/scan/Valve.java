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
import org.tidebox.sync.folder.Question.Kind;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.trees.Deletions;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/** Stops a folder before it deletes what the user probably wants to keep. */
public final class Valve {
    private static final int FEW = 50;
    private static final int PERCENT = 30;
    private static final String ANEW = "'tidebox folder remove', then 'tidebox folder add' with the same library";
    private static final String AS_IT_IS = "It is taken as it is: what is missing there is now deleted everywhere;"
            + " 'tidebox trash list' shows it.";

    private static final String NOTHING_DONE = ", and nothing of that is done yet";

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
            return Optional.of(missing());
        }
        Optional<FolderId> found = marker.read();
        boolean known = FolderMarker.isExpected(store);
        if (known && found.isPresent() && found.get().equals(id)) {
            return Optional.empty();
        }
        Question question = found.isPresent() ? marked() : unmarked();
        if (known && !question.isAnsweredBy(answer)) {
            return Optional.of(question);
        }
        marker.write(id);
        FolderMarker.expect(store);
        return Optional.empty();
    }

    private Question missing() {
        return new Question(Kind.ROOT_MISSING, 0, 0, "It is not there; nothing is deleted anywhere. Is its"
                + " disk mounted? Bring it back, and it goes on by itself; if it is gone for good, 'tidebox folder"
                + " remove'", null);
    }

    private Question marked() {
        return new Question(Kind.ROOT_STRANGE, 0, 0, "It carries the marker of another sync folder; nothing is"
                + " deleted anywhere. Is it another disk? 'tidebox folder resume' takes it over as it is: what is missing"
                + " here is deleted everywhere. To get all back instead: " + ANEW, AS_IT_IS);
    }

    private Question unmarked() {
        return new Question(Kind.ROOT_STRANGE, 0, 0, "It has lost its marker " + FolderMarker.FOLDER
                + "; nothing is deleted anywhere. Is its disk mounted? Is it another disk, or was it emptied? 'tidebox"
                + " folder resume' goes on with it as it is: what is missing here is deleted everywhere. To get all"
                + " back instead: " + ANEW, AS_IT_IS);
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
            return Optional.of(deletedHere("All that was in it (" + entries(here) + ") is gone here" + NOTHING_DONE,
                    here, there));
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
        if (!here) {
            return deletedThere(count.there() + " of " + all + " entries were deleted on the server", count.here(),
                    count.there());
        }
        String found = count.here() + sent + " of " + all + " entries were deleted here";
        return deletedHere(sent == 0
                ? found + NOTHING_DONE
                : found + "; " + sent
                        + " of them are gone elsewhere, too, and in the trash, and nothing more of that is done"
                        + " yet",
                count.here(), count.there());
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

    private static Question deletedHere(String found, long here, long there) {
        return new Question(Kind.DELETIONS, here, there, found
                + "; 'tidebox folder resume' deletes them everywhere. To get them back"
                + " instead: " + ANEW,
                entries(here) + " deleted here: now deleted everywhere; 'tidebox trash list' shows what.");
    }

    private static Question deletedThere(String found, long here, long there) {
        return new Question(Kind.DELETIONS, here, there, found
                + ", and nothing of that is done yet; 'tidebox folder resume' deletes them here too. To get them back"
                + " instead: 'tidebox folder resume', then 'tidebox trash list'",
                entries(there) + " deleted on the server: now deleted here too; 'tidebox trash list' shows what.");
    }

    private static String entries(long count) {
        return count == 1 ? "1 entry" : count + " entries";
    }
}
