package org.tidebox.agent.internal.history;

import java.util.List;
import org.tidebox.agent.FileVersion;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Subtree;

/**
 * What to bring back.
 *
 * @param top the file, folder or link itself as it was; {@code null} for a whole library
 * @param below what was in the folder; {@code null} for a file or link
 * @param stay whether the top keeps the place that it has now, where it is alive; else it goes back to where it was
 * @param taken the version of a file or link where a person asked for one, else {@code null}
 */
record Selection(PlacedNode top, Subtree below, boolean stay, FileVersion taken) {
    static Selection of(PlacedNode single, boolean stay, FileVersion taken) {
        return new Selection(single, null, stay, taken);
    }

    boolean isTree() {
        return below != null;
    }

    /** Hands over what is in the folder, or the file or link itself. */
    void content(Subtree.Taker taker) throws RemoteException, InterruptedException {
        if (isTree()) {
            below.read(taker);
        } else {
            taker.take(List.of(new PlacedNode(top.node().name(), top.node(), top.thinned())));
        }
    }

    /** Counts what {@link #content} hands over. */
    Subtree.Totals count() throws RemoteException, InterruptedException {
        return isTree() ? below.count() : Subtree.Totals.NONE.plus(top.node());
    }
}
