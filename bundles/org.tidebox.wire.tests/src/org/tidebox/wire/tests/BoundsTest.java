package org.tidebox.wire.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Footprint;
import org.tidebox.wire.FrameReader;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** What expands is counted while it is read, and asked for before. */
@Tag("D6")
class BoundsTest {
    private static final Change CHANGE = new Change(0, Samples.FOLDER);

    /** Behind the last change that may be comes what no parser takes: it is not read any more. */
    @Test
    void aListThatIsTooLongIsRefusedAtTheFirstElementTooMany() {
        Commit commit = new Commit(Samples.COMMIT.id(), Collections.nCopies(Limits.MAX_CHANGES + 1, CHANGE));
        assertTooLarge(Codec.write(commit, Routes.CBOR), Commit.class, Routes.CBOR);
        ChunkIds ids = new ChunkIds(Collections.nCopies(Limits.MAX_IDS + 1, Samples.chunkId()));
        assertTooLarge(Codec.write(ids, Routes.JSON), ChunkIds.class, Routes.JSON);
    }

    private static void assertTooLarge(byte[] message, Class<?> type, String mediaType) {
        byte[] nonsense = "nonsense".getBytes(UTF_8);
        System.arraycopy(nonsense, 0, message, message.length - nonsense.length, nonsense.length);
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> Codec.read(message, type, mediaType));
        assertThat(refusal.getType()).isEqualTo(ProblemType.TOO_LARGE);
    }

    @Test
    void entriesAreCountedBeforeTheyAreRead() {
        byte[] entries = Recipe.encodeEntries(
                Collections.nCopies(Recipe.MAX_ENTRIES + 1, new RecipeEntry(Samples.chunkId(), 1)));
        IllegalArgumentException refusal = catchThrowableOfType(IllegalArgumentException.class,
                () -> Recipe.decodeEntries(ByteBuffer.wrap(entries)));
        assertThat(refusal).hasMessageContaining("at most 128");
    }

    /** More than a hundred thousand changes in 16 MiB, which travel as some hundred bytes. */
    @Test
    void aCommitThatExpandsIsAskedForBeforeAndRefusedAtTheLimit() throws Exception {
        int count = (Limits.MAX_MESSAGE - 100) / Codec.write(CHANGE, Routes.CBOR).length;
        byte[] commit = Codec.write(new Commit(Samples.COMMIT.id(), Collections.nCopies(count, CHANGE)), Routes.CBOR);
        byte[] compressed = Compression.compress(commit);
        List<Long> asked = new ArrayList<>();

        FrameReader reader = new FrameReader(frame(compressed), asked::add);
        WireException refusal = catchThrowableOfType(WireException.class, reader::next);

        assertThat(compressed.length).isLessThan(8 << 10);
        assertThat(refusal.getType()).as(refusal.getMessage()).isEqualTo(ProblemType.TOO_LARGE);
        assertThat(asked).containsExactly(Footprint.ofCommit(commit.length));
    }

    @Test
    void nothingIsReadThatThereIsNoRoomFor() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        writer.writeChunk(Samples.chunk(100), 0);
        writer.writeEnd();
        // All but the data.
        byte[] start = Arrays.copyOf(out.toByteArray(), out.size() - 100 - 5);
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> new FrameReader(new ByteArrayInputStream(start), bytes -> {
                    throw new WireException(ProblemType.UNAVAILABLE, "no room for " + bytes, null);
                }).next());
        assertThat(refusal).hasMessageStartingWith("no room for");
    }

    private static ByteArrayInputStream frame(byte[] compressed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FrameWriter(out).flush();
        out.write(7);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(compressed.length).array());
        out.writeBytes(compressed);
        return new ByteArrayInputStream(out.toByteArray());
    }

    /** The reason for the factors of {@link Footprint}: what a list of ids holds. */
    @Test
    void idsTakeNoMoreThanIsSaid() throws Exception {
        List<ChunkId> ids = new ArrayList<>();
        for (int i = 0; i < Limits.MAX_IDS; i++) {
            ids.add(Samples.chunkId());
        }
        byte[] message = Codec.write(new ChunkIds(ids), Routes.CBOR);
        assertThat(message.length).isLessThan(Limits.MAX_IDS_MESSAGE);
        assertThat(Codec.write(new ChunkIds(ids), Routes.JSON).length).isLessThan(Limits.MAX_IDS_MESSAGE);
    }
}
