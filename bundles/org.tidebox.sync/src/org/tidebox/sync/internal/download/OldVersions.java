package org.tidebox.sync.internal.download;

import java.io.IOException;
import org.tidebox.delta.Chunker;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.Node;

/** Where older contents of files lie, of which a newer one may take what both share. */
@FunctionalInterface
interface OldVersions {
    /** Knows none: everything comes from the server. */
    OldVersions NONE = (node, chunker) -> null;

    /**
     * Opens the old content of a file.
     *
     * @param node the file as it will be
     * @return {@code null} if there is none
     * @throws IOException if it cannot be read; then everything comes from the server
     */
    OldContent open(Node node, Chunker chunker) throws IOException, TreeStoreException;
}
