package org.tidebox.sync.internal.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;

/**
 * Has entries whose stamps are doubtful looked at again as soon as these are old, whether or not anything tells of a
 * change; why, {@link org.tidebox.sync.device.DiskStamp} says.
 */
public final class Doubts {
    /** Clocks do not run alike. */
    private static final Duration MORE = Duration.ofMillis(20);

    private final FileClocks fileClocks;
    private final Trees trees;
    private final LocalPaths paths;
    private final Stop stop;
    private final InstantSource clock;
    private volatile Instant due;

    public Doubts(FolderDisk here, FolderTrees known, Work work) {
        this.fileClocks = here.fileClocks();
        this.trees = known.trees();
        this.paths = known.paths();
        this.stop = work.stop();
        this.clock = work.clock();
    }

    /** Returns when to look at them again; empty if there are none. */
    public Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** Returns where to scan if a scope is asked for: with those that are due. */
    public ScanScope join(ScanScope scope) throws TreeStoreException {
        if (scope.equals(ScanScope.EVERYTHING)) {
            due = null;
            trees.doubtful().clear();
        }
        if (due == null || !isOver()) {
            return scope;
        }
        due = null;
        Set<Path> entries = new HashSet<>();
        // The scan meets again those that are still doubtful.
        List<NodeId> doubtful = List.copyOf(trees.doubtful());
        trees.doubtful().clear();
        trees.load(doubtful);
        for (NodeId id : doubtful) {
            LocalNode node = trees.triple(id).local();
            if (node != null && !node.deleted() && paths.isHere(node.parent())) {
                entries.add(paths.of(node));
            }
        }
        return scope.and(ScanScope.entries(entries, Set.of()));
    }

    /** A run has ended. */
    public void ended() {
        if (trees.doubtful().isEmpty()) {
            due = null;
        } else if (due == null) {
            due = clock.instant().plus(aTick());
        }
    }

    /** Waits until what is young now is old, if that is what a change of the disk waits for; else for a moment. */
    public void pause() throws InterruptedException {
        stop.pause(trees.doubtful().isEmpty() ? MORE : aTick());
    }

    private Duration aTick() {
        return fileClocks.longest().plus(MORE);
    }

    /** Where the clock was set back, it is not waited for. */
    private boolean isOver() {
        Instant now = clock.instant();
        return !now.isBefore(due) || due.isAfter(now.plus(StampResolution.COARSEST).plus(MORE));
    }
}
