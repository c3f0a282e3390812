package org.tidebox.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;

/** The table {@code marks}: a row for each commit. */
final class Marks {
    private Marks() {
    }

    /** Returns the mark of a sequence: that of the commit which the sequence belongs to. */
    static Optional<Mark> of(SqlSession session, long library, long sequence) throws SQLException {
        if (sequence == 0) {
            return Optional.of(Mark.START);
        }
        return session.one("SELECT digest FROM marks" + session.dialect().via("MARKS_KEY")
                + "WHERE library = ? AND sequence >= ? ORDER BY library, sequence FETCH FIRST 1 ROW ONLY",
                row -> new Mark(sequence, row.getBytes(1)), library, sequence);
    }

    /** Adds the mark of a commit that follows on a head, if it has versions; returns the mark of the head then. */
    static Mark append(SqlSession session, long library, long head, CommitId commit, List<Node> versions)
            throws SQLException {
        Mark before = of(session, library, head)
                .orElseThrow(() -> new SQLException("the table marks has no row for sequence " + head));
        Mark mark = before.after(commit, versions);
        if (!versions.isEmpty()) {
            session.update("INSERT INTO marks (library, sequence, digest) VALUES (?, ?, ?)", library, mark.sequence(),
                    mark.digest());
        }
        return mark;
    }
}
