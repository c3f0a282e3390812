package org.tidebox.agent.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.past.PastTree;
import org.tidebox.sync.past.PastTree.Placed;
import org.tidebox.tree.NodeId;

/**
 * What to bring back.
 *
 * @param top the file, folder or link itself as it was; {@code null} for a whole library
 * @param tree where everything below a folder is read from; {@code null} for a file or link
 * @param folder the folder, or the root
 * @param only the nodes below it that count; {@code null} for all
 * @param stay whether the top keeps the place that it has now, where it is alive; else it goes back to where it was
 */
record Selection(Placed top, PastTree tree, NodeId folder, Set<NodeId> only, boolean stay) {
    static Selection of(Placed single, boolean stay) {
        return new Selection(single, null, null, null, stay);
    }

    boolean isTree() {
        return tree != null;
    }

    /** Hands over what is below the folder, parents before children. */
    void below(PastTree.Taker taker) throws RemoteException, InterruptedException {
        tree.below(folder, page -> taker.take(page.stream().filter(this::counts).toList()));
    }

    /** As before, with paths relative to the folder. */
    void relative(PastTree.Taker taker) throws RemoteException, InterruptedException {
        int cut = top == null ? 0 : top.path().length() + 1;
        below(page -> {
            List<Placed> cutOff = new ArrayList<>(page.size());
            page.forEach(placed -> cutOff.add(new Placed(placed.path().substring(cut), placed.node())));
            taker.take(cutOff);
        });
    }

    private boolean counts(Placed placed) {
        return only == null || only.contains(placed.node().id());
    }
}
