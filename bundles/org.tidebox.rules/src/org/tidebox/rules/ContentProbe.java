package org.tidebox.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The first bytes of a candidate's content, read only if a rule needs them. */
@ConsumerType
@FunctionalInterface
public interface ContentProbe {
    /** A content that is not at hand, as that of a file which is still on the server. */
    ContentProbe NONE = Optional::empty;

    /**
     * Opens the content.
     *
     * @return the content from its beginning, to be closed by the caller; empty if it is not at hand
     */
    Optional<InputStream> open() throws IOException;
}
