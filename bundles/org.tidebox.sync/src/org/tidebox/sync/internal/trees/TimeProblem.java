package org.tidebox.sync.internal.trees;

import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.internal.disk.FileTimes;
import org.tidebox.sync.internal.report.Problems;

/** Reports files whose time of modification does not travel, or is not held by the disk. */
public final class TimeProblem {
    private TimeProblem() {
    }

    /** Reports it as a problem of a file, or that all is well with it. */
    public static void report(LocalNode node, LocalPaths paths, Problems problems) throws TreeStoreException {
        Optional<Obstacle> reason = FileTimes.problem(node);
        if (reason.isPresent()) {
            problems.incomplete(node.id(), Problems.Part.TIME, paths.display(paths.of(node)), reason.get());
        } else {
            problems.complete(node.id(), Problems.Part.TIME);
        }
    }
}
