package org.tidebox.sync.internal.mounts;

import java.util.List;
import java.util.Optional;
import org.tidebox.sync.folder.MountAway;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.internal.trees.LocalPaths;

/** What a folder asks about file systems inside it that are not as they were: that part rests, all else goes on. */
public final class MountQuestion {
    private MountQuestion() {
    }

    /** Returns the question; empty if all are there. */
    public static Optional<Question> of(Mounts mounts, LocalPaths paths) {
        List<Mount> away = mounts.away();
        return away.isEmpty()
                ? Optional.empty()
                : Optional.of(new Question.MountsAway(away.stream().map(mount -> away(mount, paths)).toList()));
    }

    private static MountAway away(Mount mount, LocalPaths paths) {
        String path = paths.display(mount.path());
        return switch (mount.state()) {
            case MISSING -> new MountAway.Missing(path, mount.entries());
            case OTHER -> new MountAway.Other(path, mount.entries());
            case COVERED -> new MountAway.Covering(path, mount.entries());
            default -> new MountAway.Silent(path, mount.reason());
        };
    }
}
