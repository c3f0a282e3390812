package org.tidebox.server.journal;

import java.nio.charset.StandardCharsets;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;
import org.tidebox.wire.Limits;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * What a commit must keep to whatever the library holds; a program that breaks these is wrong, so the whole commit is
 * refused.
 */
public final class CommitRules {
    /** The longest target of a link in bytes of UTF-8: {@code PATH_MAX} of Linux. */
    private static final int MAX_TARGET_BYTES = 4096;

    private CommitRules() {
    }

    /** Checks a commit's size, names and links. */
    public static void check(Commit commit) throws ProblemException {
        if (commit.changes().size() > Limits.MAX_CHANGES) {
            throw new ProblemException(ProblemType.TOO_LARGE, "A commit holds at most " + Limits.MAX_CHANGES
                    + " changes, got " + commit.changes().size() + "; send several commits");
        }
        for (Change change : commit.changes()) {
            check(change.node());
        }
    }

    private static void check(Node node) throws ProblemException {
        if (node.id().equals(NodeId.ROOT)) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The root folder of a library cannot be changed");
        }
        try {
            NodeName.check(node.name());
        } catch (BadNameException e) {
            throw new ProblemException(ProblemType.BAD_NAME, e.getMessage());
        }
        if (node.kind() == NodeKind.LINK) {
            checkTarget(node.target());
        }
        if (node.kind() == NodeKind.FILE) {
            checkSize(node);
        }
    }

    private static void checkTarget(String target) throws ProblemException {
        int length = target.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_TARGET_BYTES || target.indexOf('\0') >= 0) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The target of a link has 1 to " + MAX_TARGET_BYTES
                    + " bytes and no NUL, got " + length + " bytes");
        }
    }

    private static void checkSize(Node node) throws ProblemException {
        try {
            node.recipe().size();
        } catch (ArithmeticException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST,
                    "The lengths in the recipe of '" + node.name() + "' add up to more than any disk holds");
        }
    }
}
