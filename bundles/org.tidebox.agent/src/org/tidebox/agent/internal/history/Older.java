package org.tidebox.agent.internal.history;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.RestoreReport;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Restorer;

/** Notes of which entries an older state may have come back, since retention has let go of others. */
final class Older {
    private final List<String> paths = new ArrayList<>();
    private long count;

    void look(List<PlacedNode> page) {
        for (PlacedNode placed : page) {
            if (placed.thinned()) {
                count++;
                if (paths.size() < RestoreReport.MOST_OLDER) {
                    paths.add(placed.path());
                }
            }
        }
    }

    RestoreReport report(String path, String directory, Export done, FileVersion taken) {
        return new RestoreReport(path, directory, done.files(), done.others(), done.bytesDone(), done.unchanged(),
                taken, count, paths, List.of(), done.problems());
    }

    RestoreReport report(String path, Restorer.Result done, FileVersion taken, List<Problem> problems) {
        return new RestoreReport(path, null, done.files(), done.others(), done.bytes(), done.unchanged(), taken, count,
                paths, done.renamed(), problems);
    }
}
