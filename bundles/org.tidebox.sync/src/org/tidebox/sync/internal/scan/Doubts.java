package org.tidebox.sync.internal.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.Context;
import org.tidebox.tree.NodeId;

/**
 * Has entries whose stamps are doubtful looked at again as soon as these are old, whether or not anything tells of a
 * change; why, {@link org.tidebox.sync.device.DiskStamp} says.
 */
public final class Doubts {
    /** Clocks do not run alike. */
    private static final Duration MORE = Duration.ofMillis(20);

    private final Context context;
    private volatile Instant due;

    public Doubts(Context context) {
        this.context = context;
    }

    /** Returns when to look at them again; empty if there are none. */
    public Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** Returns where to scan if a scope is asked for: with those that are due. */
    public ScanScope join(ScanScope scope) throws TreeStoreException {
        if (scope.equals(ScanScope.EVERYTHING)) {
            due = null;
            context.trees().doubtful().clear();
        }
        if (due == null || !isOver()) {
            return scope;
        }
        due = null;
        Set<Path> entries = new HashSet<>();
        // The scan meets again those that are still doubtful.
        List<NodeId> doubtful = List.copyOf(context.trees().doubtful());
        context.trees().doubtful().clear();
        context.trees().load(doubtful);
        for (NodeId id : doubtful) {
            LocalNode node = context.trees().triple(id).local();
            if (node != null && !node.deleted() && context.paths().isHere(node.parent())) {
                entries.add(context.paths().of(node));
            }
        }
        return scope.and(ScanScope.entries(entries, Set.of()));
    }

    /** A run has ended. */
    public void ended() {
        if (context.trees().doubtful().isEmpty()) {
            due = null;
        } else if (due == null) {
            due = context.clock().instant().plus(aTick());
        }
    }

    /** Waits until what is young now is old, if that is what a change of the disk waits for; else for a moment. */
    public void pause() throws InterruptedException {
        context.stop().pause(context.trees().doubtful().isEmpty() ? MORE : aTick());
    }

    private Duration aTick() {
        return context.fileClocks().longest().plus(MORE);
    }

    /** Where the clock was set back, it is not waited for. */
    private boolean isOver() {
        Instant now = context.clock().instant();
        return !now.isBefore(due) || due.isAfter(now.plus(StampResolution.COARSEST).plus(MORE));
    }
}
