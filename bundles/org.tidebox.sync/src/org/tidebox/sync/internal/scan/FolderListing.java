package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.NodeName;

/** Reads a directory, and sorts out what cannot be synchronised. Made for one directory. */
final class FolderListing {
    static final char UNREADABLE = '\uFFFD';

    private final Disk disk;
    private final Progress progress;
    private final Stop stop;
    private final LocalPaths paths;
    private final boolean isRoot;
    private final List<String> unseen = new ArrayList<>();

    FolderListing(Disk disk, LocalPaths paths, Work work, boolean isRoot) {
        this.disk = disk;
        this.progress = work.progress();
        this.stop = work.stop();
        this.paths = paths;
        this.isRoot = isRoot;
    }

    /** Returns how many entries have names that cannot be read. */
    int read(Path folder, Map<String, DiskEntry> entries, List<Problem> skipped)
            throws IOException, InterruptedException {
        int unreadable = 0;
        for (String name : disk.names(folder)) {
            progress.step();
            stop.check();
            if (!(isRoot && name.equals(FolderMarker.FOLDER)) && !readOne(folder, name, entries, skipped)) {
                unreadable++;
            }
        }
        return unreadable;
    }

    /** Returns the names of entries that are there and cannot be looked at. */
    List<String> unseen() {
        return unseen;
    }

    /** Returns whether the name can be read. */
    private boolean readOne(Path folder, String name, Map<String, DiskEntry> entries, List<Problem> skipped)
            throws IOException {
        try {
            NodeName.check(NodeName.normalize(name));
        } catch (BadNameException e) {
            skipped.add(new Problem(paths.display(folder, name), new Obstacle.NameNotCarried(e.getMessage())));
            return true;
        }
        Optional<DiskEntry> entry;
        try {
            entry = disk.look(folder, name);
        } catch (AccessDeniedException e) {
            // So it is with all of them.
            throw e;
        } catch (IOException e) {
            unseen.add(name);
            skipped.add(new Problem(paths.display(folder, name), new Obstacle.NotLookedAt(Reasons.of(e))));
            return true;
        }
        if (entry.isEmpty()) {
            // Either it is gone already, or its bytes are no text, so that the name we were told leads nowhere.
            if (name.indexOf(UNREADABLE) >= 0) {
                skipped.add(
                        new Problem(paths.display(folder, name), new Obstacle.NameNoText()));
                return false;
            }
        } else if (entry.get().kind() == null) {
            skipped.add(
                    new Problem(paths.display(folder, name),
                            new Obstacle.SpecialFile()));
        } else {
            entries.put(name, entry.get());
        }
        return true;
    }
}
