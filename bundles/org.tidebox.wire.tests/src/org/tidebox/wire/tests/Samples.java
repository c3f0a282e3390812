package org.tidebox.wire.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.EncodedChunk.Encoding;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.PastPage;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.tree.SequenceRange;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.Confirmed;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.History;
import org.tidebox.wire.Messages.HistoryEntry;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.Libraries;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Messages.Wanted;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.PushedChanges;

/** One of everything that travels. */
final class Samples {
    private static final Random RANDOM = new Random(7);
    private static final Attributes ATTRIBUTES = new Attributes(0644, 1_700_000_000_123_456_789L);
    static final LibraryId LIBRARY = LibraryId.random(RANDOM);
    static final Node FILE = Node.file(NodeId.random(RANDOM), NodeId.ROOT, "Müller 😀.txt", ATTRIBUTES,
            new Recipe("fastcdc", 1, List.of(new RecipeEntry(chunkId(), 5), new RecipeEntry(chunkId(), 1L << 40))));
    static final Node FOLDER = Node.folder(NodeId.random(RANDOM), NodeId.ROOT, "a", new Attributes(-1, -5));
    static final Node LINK = Node.link(NodeId.random(RANDOM), FOLDER.id(), "l", ATTRIBUTES, "../x\ny")
            .withDeleted(true);
    static final Node TAGGED = Node.file(NodeId.random(RANDOM), FOLDER.id(), "t",
            ATTRIBUTES.withExtended(ExtendedAttributes.of(Map.of("xdg.tags", "réd".getBytes(UTF_8), "empty",
                    new byte[0], "größe", new byte[]{0, -1, 10}))),
            new Recipe("fixed", 0, List.of()));
    static final Commit COMMIT = new Commit(CommitId.random(RANDOM),
            List.of(new Change(0, FILE), new Change(3, FOLDER), new Change(9, LINK), new Change(1, TAGGED)));

    private Samples() {
    }

    static ChunkId chunkId() {
        byte[] bytes = new byte[ChunkId.LENGTH];
        RANDOM.nextBytes(bytes);
        return new ChunkId(bytes);
    }

    static EncodedChunk chunk(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return new EncodedChunk(chunkId(), Encoding.RAW, length, ByteBuffer.wrap(bytes));
    }

    static Stream<Object> messages() {
        Library library = new Library(LIBRARY, "Fotos", LibraryKind.SYNC, 7);
        CommitResult result = new CommitResult(12, List.of(Outcome.accepted(12),
                Outcome.rejected(Conflict.Reason.STALE, FILE.withSequence(4)),
                Outcome.rejected(Conflict.Reason.NO_PARENT, null)));
        byte[] digest = new byte[Mark.DIGEST_LENGTH];
        RANDOM.nextBytes(digest);
        Mark mark = new Mark(12, digest);
        return Stream.of(new Commit(COMMIT.id(), COMMIT.changes(), mark),
                new Commit(COMMIT.id(), COMMIT.changes(), null, true),
                new Confirmed(List.of(new SequenceRange(1, 3), new SequenceRange(7, 7))), result.withMark(mark), mark,
                FILE, FOLDER,
                LINK, TAGGED, COMMIT, COMMIT.changes().get(0), library, result,
                new ChangePage(List.of(FILE, FOLDER, LINK), 9, 11), new ChangePage(List.of(), 0, 0),
                new ChangePage(List.of(FILE), 12, 20, mark),
                new ServerInfo("tidebox", "1.0", List.of(1, 2)), new Login("anna", "pass \" wörd", "laptop"),
                new Join("secret", "phone"), new Welcome("anna", "laptop", "token"), new Libraries(List.of(library)),
                new NewLibrary("Fotos", LibraryKind.BOX), new ChunkIds(List.of(chunkId(), chunkId())),
                new ChunkWishes(List.of(new ChunkWish(chunkId(), List.of(chunkId(), chunkId())),
                        new ChunkWish(chunkId(), List.of()))),
                new Uploaded(3, result), new Uploaded(0, null),
                new History(List.of(new HistoryEntry(FILE, "laptop", Instant.parse("2026-01-31T12:00:00.123456789Z"),
                        true))),
                new NodeIds(List.of(FILE.id(), FOLDER.id())), new FoldersAsOf(9, List.of(FOLDER.id()), 3, 100),
                new PastPage(List.of(FILE, FOLDER, LINK), List.of(FILE.id()), 2, 9, 11),
                new LibraryEvent(LIBRARY, 77), new LibraryEvent(LIBRARY, 77, true),
                new LibraryEvent(LIBRARY, 12, false, PushedChanges.of(COMMIT.id(),
                        List.of(FILE.withSequence(11), LINK.withSequence(12)), mark, List.of(chunk(9))).orElseThrow()),
                new Wanted(List.of(FILE.id())),
                ProblemType.BAD_NAME.because("no"), new Problem("x", "y", 418, "z"));
    }
}
