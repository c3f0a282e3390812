package org.tidebox.sync.conflict;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.trees.ConflictId;
import org.tidebox.sync.internal.upload.SmallContents;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.Recipe;
import org.tidebox.wire.Messages.HistoryEntry;

/** The texts of a conflict, and of the version that both sides come from, on the server. */
public final class Texts {
    private static final long LARGEST = 8 << 20;
    private static final byte[] NOTHING = {};

    private final RemoteHistory past;
    private final LibraryId library;
    private final SmallContents contents;

    /** Reads and stores texts of a library. */
    public Texts(Remote remote, RemoteHistory past, LibraryId library, ChunkerRegistry chunkers,
            RandomGenerator random) {
        this.past = past;
        this.library = library;
        this.contents = new SmallContents(remote, library, chunkers, random);
    }

    /** Merges both sides, and stores the merged text. */
    Recipe merge(Sides sides, boolean markers) throws RemoteException, ConflictException {
        Conflict conflict = sides.conflict();
        byte[] mine = text(sides.copy().recipe(), conflict.path());
        byte[] theirs = text(sides.original().recipe(), conflict.originalPath());
        List<HistoryEntry> versions = past.history(library, sides.original().id());
        Optional<Node> base = base(sides, versions, markers);
        TextMerge.Merged merged = TextMerge.merge(
                base.isPresent() ? text(base.get().recipe(), conflict.originalPath()) : NOTHING, mine, theirs,
                List.of("before", conflict.device(), versions.isEmpty() ? "the other" : versions.getFirst().device()));
        if (merged.overlaps() && !markers) {
            throw new ConflictException(new Obstacle.SameLinesChanged(conflict.originalPath()), true);
        }
        return contents.send(merged.content());
    }

    /** Without a common version everything that differs is marked, if that is wanted. */
    private static Optional<Node> base(Sides sides, List<HistoryEntry> versions, boolean markers)
            throws ConflictException {
        OptionalLong sequence = ConflictId.base(sides.copy().id(), sides.original().id(), sides.copy().sequence());
        Optional<Node> base = sequence.isEmpty()
                ? Optional.empty()
                : versions.stream().map(HistoryEntry::node)
                        .filter(node -> node.sequence() == sequence.getAsLong() && node.recipe() != null)
                        .findFirst();
        if (base.isEmpty() && !markers) {
            throw new ConflictException(sequence.isEmpty()
                    ? new Obstacle.NoCommonVersion(sides.conflict().originalPath())
                    : new Obstacle.CommonVersionGone(), true);
        }
        return base;
    }

    private byte[] text(Recipe recipe, String path) throws RemoteException, ConflictException {
        if (recipe.size() > LARGEST) {
            throw new ConflictException(new Obstacle.TextTooLong(path, LARGEST), true);
        }
        byte[] content = contents.read(recipe);
        if (TextMerge.isBinary(content)) {
            throw new ConflictException(new Obstacle.NoText(path), true);
        }
        return content;
    }
}
