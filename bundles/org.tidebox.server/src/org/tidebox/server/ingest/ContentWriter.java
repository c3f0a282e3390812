package org.tidebox.server.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.ContentChunks;
import org.tidebox.feature.Lease;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.journal.NodePaths;
import org.tidebox.server.limits.FairTasks;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.Recipe;
import org.tidebox.wire.Frame.ChunkFrame;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Takes in contents from those who have bytes and not chunks: cuts them as a device does, stores what the account does not
 * have yet, and commits the file, with all checks of an upload. Memory does not depend on the length. Thread-safe.
 */
public final class ContentWriter {
    /** Of several who write to one path at once, each is given so many chances. */
    private static final int MAX_TRIES = 5;
    private static final int MODE_OF_FILES = 0644;
    private static final int MODE_OF_FOLDERS = 0755;
    private static final long NANOS = 1_000_000_000L;
    private static final ChunkCodec CODEC = new ChunkCodec();

    private final Libraries libraries;
    private final NodePaths paths;
    private final Sessions sessions;
    private final Transfers transfers;
    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** Writes to the given libraries. */
    public ContentWriter(Libraries libraries, NodePaths paths, Sessions sessions, Transfers transfers,
            ChunkerRegistry chunkers, InstantSource clock) {
        this.libraries = libraries;
        this.paths = paths;
        this.sessions = sessions;
        this.transfers = transfers;
        this.chunkers = chunkers;
        this.clock = clock;
    }

    /**
     * A content to be written.
     *
     * @param bytes blocks until there are some; stays open
     * @param length how many there will be, 0 if that is not known
     * @param modified when it was modified
     */
    public record Content(ReadableByteChannel bytes, long length, Instant modified) {
    }

    /**
     * Writes a file; folders of its path that are not there are made, and a file that is there gets a new version. When
     * this returns, all is durable.
     *
     * @return the file as it is now
     * @throws ProblemException if the path leads through something that is no folder or to something that is no file, the
     *         account has no room, or whoever writes was cut off
     */
    public Node write(Session session, LibraryId library, String path, Content content)
            throws IOException, ProblemException, StorageException {
        List<String> names = NodePaths.names(path);
        if (names.isEmpty()) {
            throw new ProblemException(ProblemType.BAD_NAME, "The path of a file has at least one name");
        }
        libraries.find(session, library);
        // Beforehand: nobody should send much for a path that cannot be.
        changes(session, library, names, null, content.modified());
        return commit(session, library, names, store(session, content), content.modified());
    }

    private Recipe store(Session session, Content content) throws IOException, ProblemException, StorageException {
        try (Ingest.Making making = transfers.ingest().begin(session.account().id(), () -> sessions.recheck(session));
                Lease<Chunker> chunker = chunkers.acquire()) {
            Chunker cutter = content.length() > 0 ? chunker.get().forLength(content.length()) : chunker.get();
            Recipe recipe = ContentChunks.cut(content.bytes(), cutter, new Sink(making));
            making.finish();
            return recipe;
        } catch (SinkException e) {
            throw FairTasks.problemOf(e.getCause());
        }
    }

    private Node commit(Session session, LibraryId library, List<String> names, Recipe recipe, Instant modified)
            throws ProblemException, StorageException {
        for (int attempt = 1;; attempt++) {
            List<Change> changes = changes(session, library, names, recipe, modified);
            CommitResult result = transfers.commit(session, library,
                    new Commit(CommitId.random(random), changes));
            if (result.outcomes().stream().allMatch(CommitResult.Outcome::isAccepted)) {
                return changes.getLast().node().withSequence(result.outcomes().getLast().sequence());
            }
            if (attempt == MAX_TRIES) {
                throw new ProblemException(ProblemType.UNAVAILABLE, "'" + String.join("/", names)
                        + "' is being changed by others; try again");
            }
        }
    }

    /** Returns what makes the path lead to the content; the last one is the file. Without a recipe, only checks. */
    private List<Change> changes(Session session, LibraryId library, List<String> names, Recipe recipe,
            Instant modified) throws ProblemException, StorageException {
        List<Change> changes = new ArrayList<>();
        NodeId folder = NodeId.ROOT;
        for (int count = 1; count < names.size(); count++) {
            List<String> part = names.subList(0, count);
            Optional<Node> found = changes.isEmpty() ? paths.find(session, library, part) : Optional.empty();
            Node node = found.orElse(null);
            if (node == null) {
                node = Node.folder(NodeId.rising(clock.instant(), random), folder, part.getLast(),
                        new Attributes(MODE_OF_FOLDERS, nanos(clock.instant())));
                changes.add(new Change(0, node));
            } else if (node.kind() != NodeKind.FOLDER) {
                throw new ProblemException(ProblemType.BAD_NAME, "'" + String.join("/", part) + "' is no folder");
            }
            folder = node.id();
        }
        Optional<Node> found = changes.isEmpty() ? paths.find(session, library, names) : Optional.empty();
        if (found.isPresent() && found.get().kind() != NodeKind.FILE) {
            throw new ProblemException(ProblemType.BAD_NAME, "'" + String.join("/", names) + "' is no file");
        }
        if (recipe != null) {
            changes.add(file(found, folder, names.getLast(), recipe, nanos(modified)));
        }
        return changes;
    }

    private Change file(Optional<Node> found, NodeId folder, String name, Recipe recipe, long mtime) {
        if (found.isEmpty()) {
            return new Change(0, Node.file(NodeId.rising(clock.instant(), random), folder, name,
                    new Attributes(MODE_OF_FILES, mtime), recipe));
        }
        Node before = found.get();
        Attributes attributes = before.attributes();
        return new Change(before.sequence(), Node.file(before.id(), folder, name,
                new Attributes(attributes.mode(), mtime, attributes.extended()), recipe));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }

    /** Copies chunks as they are cut; they are packed on other threads. */
    private static final class Sink implements ChunkSink<SinkException> {
        private final Ingest.Making making;

        Sink(Ingest.Making making) {
            this.making = making;
        }

        @Override
        public void chunk(ChunkId id, ByteBuffer raw, int level) throws SinkException {
            ByteBuffer copy = ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
            try {
                // The bytes, what they are packed into, and once more to be verified as if they had been sent.
                making.add(() -> ReceivedChunk.verify(new ChunkFrame(CODEC.encode(id, copy), level)),
                        3L * copy.remaining());
            } catch (ProblemException | StorageException e) {
                throw new SinkException(e);
            }
        }
    }

    private static final class SinkException extends Exception {
        private static final long serialVersionUID = 1L;

        SinkException(Exception cause) {
            super(cause);
        }
    }
}
