package org.tidebox.server.tests.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkPatch;
import org.tidebox.delta.ChunkPatch.Kind;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.PatchCodec;
import org.tidebox.server.ingest.Transfers.PatchReceiver;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.ChunkWish;
import org.tidebox.wire.Messages.ChunkWishes;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Chunks as patches of others: what is stored is right, and nobody learns of what is not theirs. */
@Tag("C5")
class PatchesTest {
    private static final PatchCodec CODEC = new PatchCodec();

    @TempDir
    static Path folder;
    private static TestServer server;
    private static Session ada;
    private static Session bob;
    private static LibraryId adas;
    private static LibraryId bobs;
    private static byte[] base;
    private static ChunkId baseId;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder);
        ada = server.session("ada");
        bob = server.session("bob");
        adas = server.library(ada, "docs");
        bobs = server.library(bob, "docs");
        base = server.bytes(60_000);
        baseId = TestServer.chunk(base).id();
        server.upload(ada, adas, TestServer.chunk(base));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aPatchIsStoredAsTheChunkThatItGives() throws Exception {
        byte[] edited = edited();
        for (ChunkPatch patch : List.of(byBlocks(edited), byDictionary(edited))) {
            Uploaded uploaded = upload(ada, adas, patch, 0);

            assertThat(uploaded.stored()).isBetween(0, 1);
            assertThat(fetch(ada, adas, patch.id(), List.of())).isEqualTo("whole");
        }
    }

    @Test
    void aListMayComeAsAPatch() throws Exception {
        List<RecipeEntry> entries = new ArrayList<>(Collections.nCopies(100, new RecipeEntry(baseId, base.length)));
        Sent list = TestServer.list(1, entries.toArray(RecipeEntry[]::new));
        server.upload(ada, adas, list);
        Sent piece = TestServer.chunk(server.bytes(30));
        entries.set(50, piece.entry());
        Sent edited = TestServer.list(1, entries.toArray(RecipeEntry[]::new));
        ChunkPatch patch = CODEC.byDictionary(edited.id(), raw(edited), List.of(list.id()), List.of(raw(list)))
                .orElseThrow();

        assertRefused(ProblemType.BAD_CHUNK, () -> upload(ada, adas, patch, 1));
        server.upload(ada, adas, piece);
        assertThat(upload(ada, adas, patch, 1).stored()).isEqualTo(1);
    }

    @Test
    void aPatchOfWhatIsNotThereIsRefusedAndSaysSo() throws Exception {
        ChunkId unknown = ChunkCodec.idOf(ByteBuffer.wrap(server.bytes(10)));
        ChunkPatch good = byBlocks(edited());
        for (List<ChunkId> bases : List.of(List.of(unknown), List.of(baseId, unknown))) {
            ChunkPatch patch = new ChunkPatch(good.id(), bases, Kind.BLOCKS, good.rawLength(), good.data());
            assertRefused(ProblemType.BASE_GONE, () -> upload(ada, adas, patch, 0));
        }
        assertThat(missing(ada, adas, good.id())).isTrue();
    }

    @Test
    void whatDoesNotGiveTheChunkIsRefused() throws Exception {
        ChunkPatch good = byBlocks(edited());
        for (ChunkPatch bad : List.of(
                new ChunkPatch(baseId, List.of(baseId), good.kind(), good.rawLength(), good.data()),
                new ChunkPatch(good.id(), List.of(baseId), good.kind(), good.rawLength() - 1, good.data()),
                new ChunkPatch(good.id(), List.of(baseId), good.kind(), 1 << 20, good.data()),
                new ChunkPatch(good.id(), List.of(baseId), Kind.DICTIONARY, good.rawLength(), good.data()),
                new ChunkPatch(good.id(), List.of(baseId, baseId), Kind.BLOCKS, 0, ByteBuffer.allocate(0)))) {
            assertRefused(ProblemType.BAD_CHUNK, () -> upload(ada, adas, bad, 0));
        }
        assertThat(missing(ada, adas, good.id())).isTrue();
    }

    /** Otherwise a guess at somebody's content could be tested by whether a patch of it is taken. */
    @Test
    void whatAnotherAccountHasIsNotThere() throws Exception {
        assertThat(signatures(bob, bobs, List.of(baseId))).isEmpty();
        ChunkPatch patch = byBlocks(edited());
        assertRefused(ProblemType.BASE_GONE, () -> upload(bob, bobs, patch, 0));

        Sent own = TestServer.chunk(edited());
        server.upload(bob, bobs, own);
        assertThat(fetch(bob, bobs, own.id(), List.of(baseId))).isEqualTo("whole");
        assertRefused(ProblemType.NOT_FOUND, () -> fetch(bob, bobs, baseId, List.of(own.id())));
        assertRefused(ProblemType.NOT_FOUND, () -> signatures(bob, adas, List.of(baseId)));
        assertRefused(ProblemType.NOT_FOUND, () -> fetch(bob, adas, baseId, List.of()));
    }

    @Test
    void signaturesOfWhatIsStoredComeInTheOrderAskedFor() throws Exception {
        Sent other = TestServer.chunk(server.bytes(5_000));
        server.upload(ada, adas, other);
        ChunkId unknown = ChunkCodec.idOf(ByteBuffer.wrap(server.bytes(10)));

        Map<ChunkId, BlockSignature> signatures = signatures(ada, adas, List.of(other.id(), unknown, baseId));

        assertThat(signatures.keySet()).containsExactly(other.id(), baseId);
        assertThat(signatures.get(baseId)).isEqualTo(BlockSignature.of(ByteBuffer.wrap(base)));
    }

    @Test
    void whatIsLikeWhatTheDeviceHasComesAsAPatch() throws Exception {
        Sent edited = TestServer.chunk(edited());
        server.upload(ada, adas, edited);
        ChunkId unknown = ChunkCodec.idOf(ByteBuffer.wrap(server.bytes(10)));
        Sent zeros = TestServer.chunk(new byte[60_000]);
        server.upload(ada, adas, zeros);

        assertThat(fetch(ada, adas, edited.id(), List.of(baseId))).isEqualTo("patch");
        assertThat(fetch(ada, adas, edited.id(), List.of(zeros.id(), baseId))).isEqualTo("patch");
        assertThat(fetch(ada, adas, edited.id(), List.of(baseId, unknown))).isEqualTo("whole");
        assertThat(fetch(ada, adas, edited.id(), List.of(zeros.id()))).isEqualTo("whole");
        assertThat(fetch(ada, adas, zeros.id(), List.of(baseId))).isEqualTo("whole");
    }

    @Test
    void requestsWithoutMeasureAreRefused() {
        List<ChunkId> many = Collections.nCopies(Limits.MAX_SIGNATURES + 1, baseId);
        assertRefused(ProblemType.TOO_LARGE, () -> signatures(ada, adas, many));
        assertRefused(ProblemType.TOO_LARGE, () -> fetch(ada, adas, baseId, many.subList(0, 5)));
        List<ChunkWish> wishes = Collections.nCopies(Limits.MAX_IDS + 1, new ChunkWish(baseId, List.of()));
        assertRefused(ProblemType.TOO_LARGE,
                () -> server.server.transfers().fetchPatches(ada, adas, new ChunkWishes(wishes), new Seen()));
    }

    /** Each of these patches has some dozen bytes and stands for a MiB. */
    @Test
    void manySmallPatchesOfLargeChunksTakeNoMoreMemoryThanTheirChunks() throws Exception {
        byte[] large = server.bytes(EncodedChunk.MAX_LENGTH);
        server.upload(ada, adas, TestServer.chunk(large));
        ChunkId id = TestServer.chunk(large).id();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        for (int i = 0; i < 100; i++) {
            large[i] ^= 1;
            ByteBuffer raw = ByteBuffer.wrap(large.clone());
            List<BlockSignature> signatures = List.of(signatures(ada, adas, List.of(id)).get(id));
            writer.writePatch(CODEC.byBlocks(ChunkCodec.idOf(raw), raw, List.of(id), signatures).orElseThrow(), 0);
        }
        writer.writeEnd();
        assertThat(out.size()).isLessThan(100_000);

        assertThat(server.server.transfers().upload(ada, adas, new ByteArrayInputStream(out.toByteArray())).stored())
                .isEqualTo(100);
    }

    @Test
    void anUploadHoldsNoSignatures() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        writer.writeSignature(baseId, new BlockSignature(List.of()));
        writer.writeEnd();
        assertRefused(ProblemType.BAD_REQUEST, () -> server.server.transfers().upload(ada, adas,
                new ByteArrayInputStream(out.toByteArray())));
    }

    private static byte[] edited() {
        byte[] edited = Arrays.copyOf(base, base.length + 7);
        System.arraycopy(server.bytes(1_000), 0, edited, 20_000, 1_000);
        return edited;
    }

    private static ChunkPatch byBlocks(byte[] target) throws Exception {
        ByteBuffer raw = ByteBuffer.wrap(target);
        return CODEC.byBlocks(ChunkCodec.idOf(raw), raw, List.of(baseId),
                List.of(signatures(ada, adas, List.of(baseId)).get(baseId))).orElseThrow();
    }

    private static ChunkPatch byDictionary(byte[] target) {
        ByteBuffer raw = ByteBuffer.wrap(target);
        return CODEC.byDictionary(ChunkCodec.idOf(raw), raw, List.of(baseId), List.of(ByteBuffer.wrap(base)))
                .orElseThrow();
    }

    private static ByteBuffer raw(Sent sent) throws Exception {
        return new ChunkCodec().decode(sent.chunk());
    }

    private static Uploaded upload(Session session, LibraryId library, ChunkPatch patch, int level) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        writer.writePatch(patch, level);
        writer.writeEnd();
        return server.server.transfers().upload(session, library, new ByteArrayInputStream(out.toByteArray()));
    }

    private static boolean missing(Session session, LibraryId library, ChunkId id) throws Exception {
        return !server.server.transfers().missing(session, library, new ChunkIds(List.of(id))).ids().isEmpty();
    }

    private static Map<ChunkId, BlockSignature> signatures(Session session, LibraryId library, List<ChunkId> ids)
            throws Exception {
        Map<ChunkId, BlockSignature> signatures = new LinkedHashMap<>();
        server.server.transfers().signatures(session, library, new ChunkIds(ids), signatures::put);
        return signatures;
    }

    /** Fetches a chunk, verifies it, and returns how it came. */
    private static String fetch(Session session, LibraryId library, ChunkId id, List<ChunkId> bases) throws Exception {
        Seen seen = new Seen();
        server.server.transfers().fetchPatches(session, library, new ChunkWishes(List.of(new ChunkWish(id, bases))),
                seen);
        if (seen.chunk.isPresent()) {
            new ChunkCodec().decode(seen.chunk.get());
            return "whole";
        }
        assertThat(seen.patch.orElseThrow().bases()).isEqualTo(bases);
        List<ByteBuffer> contents = new ArrayList<>();
        for (ChunkId each : bases) {
            Seen content = new Seen();
            server.server.transfers().fetchPatches(session, library,
                    new ChunkWishes(List.of(new ChunkWish(each, List.of()))), content);
            contents.add(new ChunkCodec().decode(content.chunk.orElseThrow()));
        }
        CODEC.apply(seen.patch.get(), contents);
        return "patch";
    }

    private static void assertRefused(ProblemType type, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).as(problem.getMessage()).isEqualTo(type));
    }

    private static final class Seen implements PatchReceiver {
        private Optional<EncodedChunk> chunk = Optional.empty();
        private Optional<ChunkPatch> patch = Optional.empty();

        @Override
        public void chunk(EncodedChunk came, int level) {
            chunk = Optional.of(came);
        }

        @Override
        public void patch(ChunkPatch came, int level) {
            patch = Optional.of(came);
        }
    }
}
