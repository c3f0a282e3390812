package org.tidebox.files.tests.disk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Set;

/**
 * What was changed in directories and attributes and is not on the medium yet. As on a journaling file system, a crash
 * keeps a beginning of it, and forcing one folder makes all durable that came before the last change of that folder.
 */
final class Changes {
    private final Deque<Change> waiting = new ArrayDeque<>();

    /** Something that can be undone, or made final. */
    interface Step {
        void run() throws IOException;
    }

    private record Change(Set<Object> folders, Step undo, Step settle) {
    }

    void add(Set<Object> folders, Step undo, Step settle) {
        waiting.addLast(new Change(folders, undo, settle));
    }

    /** Makes everything durable. */
    void settle() throws IOException {
        settle(waiting.size());
    }

    /** Makes everything durable up to the last change of a folder. */
    void settle(Object folder) throws IOException {
        int upTo = 0;
        int at = 0;
        for (Change change : waiting) {
            at++;
            upTo = change.folders.contains(folder) ? at : upTo;
        }
        settle(upTo);
    }

    /** Undoes a random end of it, and makes the rest durable. */
    void crash(Random random) throws IOException {
        int kept = random.nextInt(waiting.size() + 1);
        while (waiting.size() > kept) {
            waiting.removeLast().undo.run();
        }
        settle();
    }

    private void settle(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            waiting.removeFirst().settle.run();
        }
    }
}
