package org.tidebox.sync.internal.held;

import java.util.List;
import org.tidebox.tree.NodeId;

/**
 * What is left at the end of a run.
 *
 * @param left the first nodes that differ and are not held
 * @param holding whether something is held
 */
public record Survey(List<NodeId> left, boolean holding) {
    /** Freezes the list. */
    public Survey {
        left = List.copyOf(left);
    }
}
