package org.tidebox.delta.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

@Tag("C5")
class ContentChunksTest {
    @Test
    void filesOfAnySizeAreCutLikeStreams() throws IOException {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = files.getPath("file");
            for (int size : new int[]{0, 1, 4095, 4096, 4097, 262_143, 262_144, 1_048_575, 1_048_576, 3_000_000}) {
                byte[] content = Contents.random(size, size);
                Files.write(file, content);
                try (SeekableByteChannel in = Files.newByteChannel(file)) {
                    assertThat(cut(in)).isEqualTo(Contents.cut(content, new FastCdcChunker(), new ChunkMap()));
                }
            }
        }
    }

    @Test
    void fileThatGrowsWhileItIsReadIsReadToItsEnd() throws IOException {
        byte[] content = Contents.random(1, 2_000_000);
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = files.getPath("file");
            Files.write(file, Arrays.copyOf(content, 10_000));
            try (SeekableByteChannel in = new GrowingFile(Files.newByteChannel(file), () -> Files.write(file,
                    Arrays.copyOfRange(content, 10_000, content.length), StandardOpenOption.APPEND))) {
                assertThat(cut(in)).isEqualTo(Contents.cut(content, new FastCdcChunker(), new ChunkMap()));
            }
        }
    }

    @Test
    void aStretchThatAListStandsForGivesTheListAgain() throws IOException {
        byte[] content = Contents.random(3, 24_000_000);
        Recipe recipe = Contents.cut(content, new FastCdcChunker(), new ChunkMap());
        assertThat(recipe.depth()).isEqualTo(1);
        int at = 0;
        for (RecipeEntry list : recipe.entries()) {
            byte[] stretch = Arrays.copyOfRange(content, at, at + (int) list.length() + 7);
            at += (int) list.length();
            assertThat(listOf(stretch, (int) list.length())).contains(list.id());
            stretch[(int) list.length() / 2]++;
            assertThat(listOf(stretch, (int) list.length())).isNotEqualTo(Optional.of(list.id()));
        }
        assertThat(listOf(content, content.length)).isEmpty();
        assertThat(listOf(content, 0)).isEmpty();
    }

    private static Optional<ChunkId> listOf(byte[] stretch, int length) {
        return ContentChunks.listOf(stretch, length, new FastCdcChunker()).map(ChunkCodec::idOf);
    }

    @Test
    void readingBeginsAtTheChannelsPosition() throws IOException {
        byte[] content = Contents.random(2, 500_000);
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = Files.write(files.getPath("file"), content);
            try (SeekableByteChannel in = Files.newByteChannel(file).position(300_000)) {
                byte[] rest = Arrays.copyOfRange(content, 300_000, content.length);
                assertThat(cut(in)).isEqualTo(Contents.cut(rest, new FastCdcChunker(), new ChunkMap()));
            }
        }
    }

    @Test
    void longContentHasLeavesInTheSink() throws IOException, CorruptRecipeException {
        byte[] content = Contents.random(3, 400_000);
        ChunkMap chunks = new ChunkMap();
        Chunker tiny = chunker("tiny", 1000, (from, to) -> Math.min(1000, to - from));
        Recipe recipe = Contents.cut(content, tiny, chunks);
        assertThat(recipe.depth()).isEqualTo(1);
        assertThat(Contents.join(recipe, chunks)).isEqualTo(content);
    }

    @Test
    void failureOfTheSinkReachesTheCaller() {
        ChunkSink<TimeoutException> failing = (id, raw, level) -> {
            throw new TimeoutException("full");
        };
        ReadableByteChannel in = Contents.channel(new byte[1]);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> ContentChunks.cut(in, new FastCdcChunker(), failing)).withMessage("full");
    }

    @Test
    void brokenChunkerIsCaught() {
        for (int length : new int[]{-1, 0, 501, Integer.MAX_VALUE}) {
            Chunker broken = chunker("broken", 500, (from, to) -> length);
            assertThatIllegalStateException().isThrownBy(() -> Contents.cut(new byte[9999], broken, new ChunkMap()))
                    .withMessageContaining("'broken' cut off " + length + " bytes of 500");
        }
    }

    @Test
    void chunkerOfTooLongChunksIsRefused() {
        for (int longest : new int[]{0, -5, EncodedChunk.MAX_LENGTH + 1}) {
            Chunker chunker = chunker("long", longest, (from, to) -> 1);
            assertThatIllegalArgumentException().isThrownBy(() -> Contents.cut(new byte[9], chunker, new ChunkMap()))
                    .withMessageContaining("'long'");
        }
    }

    private static Recipe cut(ReadableByteChannel in) throws IOException {
        return ContentChunks.cut(in, new FastCdcChunker(), new ChunkMap());
    }

    private static Chunker chunker(String name, int longest, IntBinaryOperator cut) {
        return new Chunker() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int maxLength() {
                return longest;
            }

            @Override
            public int cut(byte[] data, int from, int to) {
                return cut.applyAsInt(from, to);
            }
        };
    }
}
