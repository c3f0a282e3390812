package org.tidebox.sync.conflict;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.sync.Past;
import org.tidebox.sync.Remote;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.SyncedNode;
import org.tidebox.sync.TreeStore;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.internal.ConflictBases;
import org.tidebox.sync.internal.ConflictName;
import org.tidebox.sync.internal.SmallContents;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;

/** Settles one conflict on the server; the folder must have been synchronised before, and follows afterwards. */
public final class Settlement {
    private static final long LARGEST_TEXT = 8 << 20;

    private final Remote remote;
    private final LibraryId library;
    private final TreeStore trees;
    private final RandomGenerator random;
    private final Conflict conflict;
    private final Node copy;
    private final Node original;
    private long head;

    /**
     * Prepares to settle a conflict.
     *
     * @throws ConflictException if the server does not know it as it is here
     */
    public Settlement(Remote remote, LibraryId library, TreeStore trees, RandomGenerator random, Conflict conflict)
            throws TreeStoreException, ConflictException {
        this.remote = remote;
        this.library = library;
        this.trees = trees;
        this.random = random;
        this.conflict = conflict;
        this.copy = settled(conflict.copy().id(), conflict.path());
        this.original = conflict.original() == null
                ? null
                : settled(conflict.original().id(), conflict.originalPath());
    }

    /** Lets the copy's content take the original's place; what was there stays in its history. */
    public long keepCopy() throws RemoteException, ConflictException {
        if (original == null || original.kind() != copy.kind() || copy.kind() == NodeKind.FOLDER) {
            if (original != null) {
                throw new ConflictException(conflict.originalPath()
                        + " and its copy are folders or of different kinds; move what you want to keep, or keep both",
                        true);
            }
            tell(copy, copy.withPlace(copy.parent(), ConflictName.parse(copy.name()).orElseThrow().original()));
            return head;
        }
        replace(new Node(original.id(), 0, original.parent(), original.name(), copy.kind(), copy.attributes(),
                copy.recipe(), copy.target(), false));
        return head;
    }

    /** Lets the copy go; it stays in the trash. */
    public long keepOriginal() throws RemoteException, ConflictException {
        if (original == null || copy.kind() == NodeKind.FOLDER) {
            throw new ConflictException(copy.kind() == NodeKind.FOLDER
                    ? conflict.path() + " is a folder; delete it yourself if nothing in it is needed, or keep both"
                    : conflict.originalPath() + " is gone, so only the copy is left; keep that one, or both", true);
        }
        tell(copy, copy.withDeleted(true));
        return head;
    }

    /** Gives the copy a name that tells of no conflict any more. */
    public long keepBoth() throws RemoteException, ConflictException {
        tell(copy, copy.withPlace(copy.parent(),
                ConflictName.parse(copy.name()).orElseThrow().kept(copy.kind())));
        return head;
    }

    /**
     * Merges both texts, line by line, into the original.
     *
     * @param now the time of the merged file, in nanoseconds since 1970
     * @param markers whether to write lines that both sides changed with markers around them, instead of refusing
     * @throws ConflictException if it is no text, too large, both changed the same lines, or what they come from is not
     *         known
     */
    public long merge(Past past, ChunkerRegistry chunkers, long now, boolean markers)
            throws RemoteException, TreeStoreException, ConflictException {
        if (original == null || original.kind() != NodeKind.FILE || copy.kind() != NodeKind.FILE) {
            throw new ConflictException("Only two files can be merged; choose with --keep", true);
        }
        SmallContents contents = new SmallContents(remote, library, chunkers, random);
        byte[] base = text(contents, base(past).recipe(), conflict.originalPath());
        byte[] mine = text(contents, copy.recipe(), conflict.path());
        byte[] theirs = text(contents, original.recipe(), conflict.originalPath());
        TextMerge.Merged merged = TextMerge.merge(base, mine, theirs,
                List.of("before", conflict.device(), "the other device"));
        if (merged.overlaps() && !markers) {
            throw new ConflictException("Both sides changed the same lines of " + conflict.originalPath()
                    + "; choose with --keep, or have them marked in the file with --merge --markers", true);
        }
        replace(new Node(original.id(), 0, original.parent(), original.name(), NodeKind.FILE,
                new Attributes(original.attributes().mode(), now),
                contents.send(merged.content()), null, false));
        return head;
    }

    private Node base(Past past) throws RemoteException, TreeStoreException, ConflictException {
        OptionalLong sequence = ConflictBases.find(trees, copy.id());
        if (sequence.isEmpty()) {
            throw new ConflictException("What both sides come from is known only on '" + conflict.device()
                    + "', if at all; merge there, or choose with --keep", true);
        }
        return past.history(library, original.id()).stream().map(entry -> entry.node())
                .filter(node -> node.sequence() == sequence.getAsLong() && node.recipe() != null).findFirst()
                .orElseThrow(() -> new ConflictException("The version that both sides come from is no longer kept;"
                        + " choose with --keep", true));
    }

    private static byte[] text(SmallContents contents, Recipe recipe, String path)
            throws RemoteException, ConflictException {
        if (recipe.size() > LARGEST_TEXT) {
            throw new ConflictException(path + " is larger than the " + (LARGEST_TEXT >> 20)
                    + " MiB that can be merged; choose with --keep", true);
        }
        byte[] content = contents.read(recipe);
        if (TextMerge.isBinary(content)) {
            throw new ConflictException(path + " is no text, so it cannot be merged; choose with --keep", true);
        }
        return content;
    }

    /** The copy goes only after the original has its content. */
    private void replace(Node wanted) throws RemoteException, ConflictException {
        tell(original, wanted);
        tell(copy, copy.withDeleted(true));
    }

    private void tell(Node base, Node wanted) throws RemoteException, ConflictException {
        CommitResult result = remote.upload(library, () -> null, new Commit(CommitId.random(random),
                List.of(new Change(base.sequence(), wanted.withSequence(0)))));
        if (!result.outcomes().getFirst().isAccepted()) {
            throw new ConflictException(conflict.path() + " cannot be settled: "
                    + switch (result.outcomes().getFirst().conflict().reason()) {
                        case STALE -> "one of the two was changed meanwhile; look at them, then try again";
                        case NAME_TAKEN -> "the name '" + wanted.name() + "' is taken; rename that one first";
                        default -> "the server refuses it; try again";
                    }, false);
        }
        head = result.head();
    }

    private Node settled(NodeId id, String path) throws TreeStoreException, ConflictException {
        Map<NodeId, SyncedNode> synced = trees.synced(List.of(id));
        if (!synced.containsKey(id) || trees.local(List.of(id)).containsKey(id)
                || trees.remote(List.of(id)).containsKey(id)) {
            throw new ConflictException(path + " is not synchronised yet; wait for that, then try again", false);
        }
        return synced.get(id).node();
    }
}
