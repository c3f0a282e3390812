package org.tidebox.sync.internal.trees;

import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.Mark;

/**
 * How far this device knows the library's journal, be it read or told by the answer to an upload. Kept as a fact,
 * written in one transaction with what it stands for.
 *
 * @param sequence the sequence
 * @param mark its mark, or {@code null} if the database is from before there were marks
 */
public record JournalPosition(long sequence, Mark mark) {
    /** The fact: a mark, or only a sequence. */
    public static final String FACT = "seen";

    public static JournalPosition of(TreeStore store) throws TreeStoreException {
        String fact = store.fact(FACT).orElse("0");
        if (fact.length() == 2 * Mark.LENGTH) {
            Mark mark = Mark.parse(fact);
            return new JournalPosition(mark.sequence(), mark);
        }
        return new JournalPosition(Long.parseLong(fact), null);
    }

    /** Returns whether a mark tells more than this. */
    public boolean isOlderThan(Mark other) {
        return other != null && other.sequence() >= sequence && !other.equals(mark);
    }
}
