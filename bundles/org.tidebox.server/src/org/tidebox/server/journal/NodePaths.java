package org.tidebox.server.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.journal.NodeVersion;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.Messages.FolderEntry;
import org.tidebox.wire.Messages.FolderPage;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The nodes of a library by their paths: names with slashes between them, from the library's root, which is the empty path.
 * Each name costs one look-up. Thread-safe.
 */
public final class NodePaths {
    private static final long NANOS = 1_000_000_000L;

    private final ServerData data;

    /** Looks into the libraries of the given data. */
    public NodePaths(ServerData data) {
        this.data = data;
    }

    /**
     * Splits a path into its names, in the form in which names are stored.
     *
     * @throws ProblemException {@code BAD_NAME} if one of them can be no name, such as {@code ..}
     */
    public static List<String> names(String path) throws ProblemException {
        List<String> names = new ArrayList<>();
        if (!path.isEmpty()) {
            for (String name : path.split("/", -1)) {
                try {
                    names.add(NodeName.check(NodeName.normalize(name)));
                } catch (BadNameException e) {
                    throw new ProblemException(ProblemType.BAD_NAME, "The path cannot be used: " + e.getMessage());
                }
            }
        }
        return names;
    }

    /**
     * Finds the node at a path.
     *
     * @return nothing if there is none
     */
    public Optional<Node> find(Session session, LibraryId library, List<String> names)
            throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, library);
            return find(stores, library, names);
        }
    }

    /**
     * Finds a file.
     *
     * @param version the sequence of the version that is wanted, 0 for the present one
     * @throws ProblemException if there is none, or it is no file
     */
    public Node file(Session session, LibraryId library, String path, long version)
            throws ProblemException, StorageException {
        List<String> names = names(path);
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, library);
            Node node = find(stores, library, names).orElseThrow(() -> absent(path));
            if (node.kind() != NodeKind.FILE) {
                throw new ProblemException(ProblemType.BAD_REQUEST, "'" + path + "' is no file, but a "
                        + node.kind().name().toLowerCase(Locale.ROOT));
            }
            return version == 0 ? node : version(stores, library, node, version);
        }
    }

    /**
     * Lists a folder, in the order in which its entries last changed; one page.
     *
     * @param after where to read on, 0 at first
     * @param limit the most entries; the server may give fewer
     */
    public FolderPage list(Session session, LibraryId library, String path, long after, int limit)
            throws ProblemException, StorageException {
        if (after < 0 || limit < 1) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "after is 0 or more and limit 1 or more, got " + after
                    + " and " + limit);
        }
        List<String> names = names(path);
        try (Lease<Stores> stores = data.acquire()) {
            Libraries.find(stores, session, library);
            PastPage page = Libraries.journal(stores).children(library, List.of(folder(stores, library, path, names)),
                    Long.MAX_VALUE, after, Math.min(limit, Libraries.MAX_PAGE));
            return new FolderPage(page.nodes().stream().map(NodePaths::entry).toList(),
                    page.done() == 0 ? page.after() : null);
        }
    }

    private static NodeId folder(Lease<Stores> stores, LibraryId library, String path, List<String> names)
            throws ProblemException, StorageException {
        if (names.isEmpty()) {
            return NodeId.ROOT;
        }
        return find(stores, library, names).filter(node -> node.kind() == NodeKind.FOLDER).map(Node::id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no folder '" + path + "'"));
    }

    private static Optional<Node> find(Lease<Stores> stores, LibraryId library, List<String> names)
            throws StorageException {
        NodeId folder = NodeId.ROOT;
        Optional<Node> found = Optional.empty();
        for (String name : names) {
            found = Libraries.journal(stores).find(library, folder, name);
            if (found.isEmpty()) {
                return found;
            }
            folder = found.get().id();
        }
        return found;
    }

    private static Node version(Lease<Stores> stores, LibraryId library, Node node, long version)
            throws ProblemException, StorageException {
        long before = version == Long.MAX_VALUE ? version : version + 1;
        return Libraries.journal(stores).history(library, node.id(), before, 1).stream().map(NodeVersion::node)
                .filter(found -> found.sequence() == version && !found.deleted()).findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "'" + node.name()
                        + "' has no version " + version + ", or it is no longer kept"));
    }

    private static FolderEntry entry(Node node) {
        long mtime = node.attributes().mtime();
        return new FolderEntry(node.name(), node.kind(), node.recipe() == null ? 0 : node.recipe().size(),
                Instant.ofEpochSecond(Math.floorDiv(mtime, NANOS), Math.floorMod(mtime, NANOS)), node.id(),
                node.sequence(), node.target());
    }

    private static ProblemException absent(String path) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no '" + path + "'");
    }
}
