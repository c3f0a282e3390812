package org.tidebox.sync.internal.mounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.Question.Kind;
import org.tidebox.sync.internal.trees.LocalPaths;

/** What a folder asks about file systems inside it that are not as they were: that part rests, all else goes on. */
public final class MountQuestion {
    private MountQuestion() {
    }

    /** Returns the question; empty if all are there. */
    public static Optional<Question> of(Mounts mounts, LocalPaths paths) {
        List<Mount> away = mounts.away();
        if (away.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Mount mount : away) {
            texts.add("'" + paths.display(mount.path()) + "': " + text(mount));
        }
        long entries = away.stream().filter(mount -> mount.state() != Mount.State.BROKEN).mapToLong(Mount::entries)
                .sum();
        boolean isAnswerable = away.stream().anyMatch(mount -> mount.state() != Mount.State.BROKEN);
        String consequence = isAnswerable
                ? "It is taken as it is: what is missing there is now deleted everywhere; 'tidebox trash list' shows it."
                : null;
        return Optional.of(new Question(Kind.MOUNT, entries, 0,
                String.join("; ", texts) + ". All else in this folder goes on", consequence));
    }

    private static String text(Mount mount) {
        String count = mount.entries() == 1 ? "1 entry" : mount.entries() + " entries";
        return switch (mount.state()) {
            case MISSING -> "the file system that was mounted there is missing; nothing of what it holds (" + count
                    + ") is deleted anywhere. Mount it, and it goes on by itself; 'tidebox folder resume' goes on"
                    + " without it: what is missing there is deleted everywhere";
            case OTHER -> "another file system is mounted there than before; nothing (" + count
                    + ") is deleted anywhere. Mount the right one, and it goes on by itself; 'tidebox folder resume'"
                    + " takes this one as it is: what is missing there is deleted everywhere";
            case COVERED -> "a file system was mounted over " + count + "; nothing of that is deleted anywhere."
                    + " Unmount it, and it goes on by itself; 'tidebox folder resume' takes what is mounted in their"
                    + " place: what is missing there is deleted everywhere";
            default -> "the file system that is mounted there does not answer (" + mount.reason()
                    + "); nothing of it is deleted anywhere, and it goes on by itself once it answers";
        };
    }
}
