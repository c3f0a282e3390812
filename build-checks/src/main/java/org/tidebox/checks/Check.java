package org.tidebox.checks;

import java.io.IOException;
import java.util.List;

/** A rule that the source tree must keep. */
@FunctionalInterface
public interface Check {
    /**
     * Looks at the whole tree.
     *
     * @return every violation, in a stable order; empty if the rule is kept
     *
     * @throws IOException
     *             if a file of the tree cannot be read
     */
    List<Violation> run(SourceTree tree) throws IOException;
}
