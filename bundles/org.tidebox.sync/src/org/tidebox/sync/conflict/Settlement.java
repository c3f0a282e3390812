package org.tidebox.sync.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.trees.ConflictName;
import org.tidebox.sync.internal.upload.CommitSender;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;

/**
 * Settles one conflict on the server; the folder must have been synchronised before, and follows afterwards. Whatever is
 * replaced or let go stays in the history or the trash.
 */
public final class Settlement {
    private final Sides sides;
    private final Changes changes;

    /**
     * Prepares to settle a conflict.
     *
     * @throws ConflictException if the server does not know it as it is here
     */
    public Settlement(Remote remote, LibraryId library, TreeStore trees, RandomGenerator random, Conflict conflict)
            throws TreeStoreException, ConflictException {
        this.sides = new Sides(trees, conflict);
        this.changes = new Changes(new CommitSender(remote, library, trees, random), conflict.path());
    }

    /**
     * Lets the copy take the original's place. A file becomes the original's next version; an original of another kind,
     * or a folder with all that it holds, goes to the trash.
     *
     * @return the library's head afterwards
     */
    public long keepCopy() throws RemoteException, TreeStoreException, ConflictException {
        Node original = sides.original();
        Node copy = sides.copy();
        if (original != null && original.kind() == copy.kind() && copy.kind() != NodeKind.FOLDER) {
            return replace(new Node(original.id(), 0, original.parent(), original.name(), copy.kind(),
                    copy.attributes(), copy.recipe(), copy.target(), false));
        }
        List<Changes.Step> steps = new ArrayList<>();
        if (original != null) {
            steps.addAll(sides.deletion(original, sides.conflict().originalPath()));
        }
        steps.add(new Changes.Step(copy, copy.withPlace(copy.parent(), parts().original())));
        changes.tell(steps);
        return changes.head();
    }

    /** Lets the copy go to the trash, with all that it holds; returns the library's head afterwards. */
    public long keepOriginal() throws RemoteException, TreeStoreException, ConflictException {
        if (sides.original() == null) {
            throw new ConflictException(new Obstacle.OriginalGone(sides.conflict().originalPath()), true);
        }
        return letCopyGo();
    }

    /** Lets the copy go to the trash, whatever else is there; returns the library's head afterwards. */
    public long letCopyGo() throws RemoteException, TreeStoreException, ConflictException {
        changes.tell(sides.deletion(sides.copy(), sides.conflict().path()));
        return changes.head();
    }

    /** Gives the copy a name that tells of no conflict any more; returns the library's head afterwards. */
    public long keepBoth() throws RemoteException, TreeStoreException, ConflictException {
        Node copy = sides.copy();
        changes.tell(copy, copy.withPlace(copy.parent(), parts().kept(copy.kind())));
        return changes.head();
    }

    /**
     * Merges both texts, line by line, into the original.
     *
     * @param texts reads and stores them
     * @param now the time of the merged file, in nanoseconds since 1970
     * @param markers whether to write lines that both sides changed with markers around them, instead of refusing
     * @return the library's head afterwards
     * @throws ConflictException if it is no text, too large, or both changed the same lines
     */
    public long merge(Texts texts, long now, boolean markers)
            throws RemoteException, TreeStoreException, ConflictException {
        Node original = sides.original();
        if (original == null || original.kind() != NodeKind.FILE || sides.copy().kind() != NodeKind.FILE) {
            throw new ConflictException(new Obstacle.MergesFilesOnly(), true);
        }
        Attributes attributes = new Attributes(original.attributes().mode(), now,
                original.attributes().extended());
        return replace(new Node(original.id(), 0, original.parent(), original.name(), NodeKind.FILE, attributes,
                texts.merge(sides, markers), null, false));
    }

    /** The copy goes only after the original has its content. */
    private long replace(Node wanted) throws RemoteException, TreeStoreException, ConflictException {
        changes.tell(sides.original(), wanted);
        changes.tell(sides.copy(), sides.copy().withDeleted(true));
        return changes.head();
    }

    private ConflictName.Parts parts() {
        return ConflictName.parse(sides.copy().name()).orElseThrow();
    }
}
