package org.tidebox.sync.past;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;

/** All that was in a folder, at any depth. */
@ProviderType
public interface Subtree {
    /**
     * Hands it over page by page, parents before children, with paths relative to the folder; each time from the start.
     */
    void read(Taker taker) throws RemoteException, InterruptedException;

    /** Takes some nodes. */
    @FunctionalInterface
    interface Taker {
        /** Takes a page of nodes with their paths. */
        void take(List<PlacedNode> page) throws RemoteException, InterruptedException;
    }

    /** Counts it, which costs as much as reading it. */
    default Totals count() throws RemoteException, InterruptedException {
        Totals[] totals = {Totals.NONE};
        read(page -> page.forEach(placed -> totals[0] = totals[0].plus(placed.node())));
        return totals[0];
    }

    /**
     * How much there is.
     *
     * @param files how many files
     * @param others how many folders and links
     * @param bytes of all files
     */
    record Totals(long files, long others, long bytes) {
        /** Nothing. */
        public static final Totals NONE = new Totals(0, 0, 0);

        /** Returns the same with one node more. */
        public Totals plus(Node node) {
            return node.kind() == NodeKind.FILE
                    ? new Totals(files + 1, others, bytes + node.recipe().size())
                    : new Totals(files, others + 1, bytes);
        }

        /** Returns the sum. */
        public Totals plus(Totals more) {
            return new Totals(files + more.files, others + more.others, bytes + more.bytes);
        }
    }
}
