package org.tidebox.sync.past;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.tree.Node;

/** What became of wishes. Counters may be read from any thread. */
final class RestoreTally {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> renamed = new ArrayList<>();
    private Subtree.Totals back = Subtree.Totals.NONE;
    private volatile long unchanged;
    private volatile long dealtWith;
    private long head;

    /** The library has moved on. */
    void head(long told) {
        head = Math.max(head, told);
    }

    /** A wish came true. */
    void done(Wish wish, Node sent, long sequence) {
        if (wish.isCurrent(sequence)) {
            unchanged(1);
            return;
        }
        if (wish.names() > 0 && !sent.name().equals(wish.then().name())) {
            renamed.add(wish.path() + " → " + sent.name());
        }
        back = back.plus(sent);
        dealtWith++;
    }

    /** Some things were as wanted already. */
    void unchanged(int count) {
        unchanged += count;
        dealtWith += count;
    }

    /** A wish cannot come true. */
    void failed(Wish wish, Obstacle reason) {
        problems.add(new Problem(wish.path(), reason));
        dealtWith++;
    }

    /** Returns how many nodes are dealt with, in whatever way. */
    long dealtWith() {
        return dealtWith;
    }

    Restorer.Result result() {
        return new Restorer.Result(back.files(), back.others(), back.bytes(), unchanged, head, List.copyOf(renamed),
                List.copyOf(problems));
    }
}
