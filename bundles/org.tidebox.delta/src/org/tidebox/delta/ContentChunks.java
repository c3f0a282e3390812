package org.tidebox.delta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Cuts contents into chunks. */
public final class ContentChunks {
    /** How many of the longest chunks the buffer holds: the more, the fewer bytes are moved to its front again. */
    private static final int BUFFERED_CHUNKS = 4;
    private static final int SMALLEST_BUFFER = 4 * 1024;
    private static final Executor HASHING = task -> Thread.ofVirtual().name("tidebox-hash").start(task);

    private ContentChunks() {
    }

    /**
     * Reads a content from the channel's position to its end, and hands out its chunks in order; chunks that hold
     * recipe entries come between them. Memory does not depend on the length of the content.
     *
     * @param in blocks until there are bytes; stays open
     * @param sink takes all chunks that the recipe needs
     * @return the recipe of what was read
     * @throws IllegalArgumentException if the chunker's chunks may be longer than {@link EncodedChunk#MAX_LENGTH}
     * @throws IllegalStateException if the chunker breaks its contract
     */
    public static <E extends Exception> Recipe cut(ReadableByteChannel in, Chunker chunker, ChunkSink<E> sink)
            throws IOException, E {
        int longest = chunker.maxLength();
        if (longest < 1 || longest > EncodedChunk.MAX_LENGTH) {
            throw new IllegalArgumentException("Chunker '" + chunker.name() + "' makes chunks of up to " + longest
                    + " bytes; 1 to " + EncodedChunk.MAX_LENGTH + " are allowed");
        }
        RecipeBuilder<E> recipe = new RecipeBuilder<>(chunker.name(), sink);
        Window window = new Window(in, longest);
        while (window.fill()) {
            for (Piece piece : cutAll(window, chunker)) {
                ChunkId id = piece.id().join();
                int length = piece.raw().remaining();
                sink.chunk(id, piece.raw());
                recipe.add(id, length);
            }
        }
        return recipe.finish();
    }

    /** Cuts what is in memory. While it looks for the next cut, the chunks before are hashed on threads of their own. */
    private static List<Piece> cutAll(Window window, Chunker chunker) {
        List<Piece> pieces = new ArrayList<>();
        while (window.holdsOne()) {
            int length = cutOne(chunker, window.data, window.from, window.to);
            ByteBuffer raw = ByteBuffer.wrap(window.data, window.from, length).slice();
            window.from += length;
            boolean last = !window.holdsOne();
            pieces.add(new Piece(raw, last
                    ? CompletableFuture.completedFuture(ChunkCodec.idOf(raw))
                    : CompletableFuture.supplyAsync(() -> ChunkCodec.idOf(raw), HASHING)));
        }
        return pieces;
    }

    /**
     * Cuts a stretch of a content again.
     *
     * @param data holds the stretch at its beginning
     * @return the bytes of the list that stands for it, if it is one that a list can stand for
     */
    public static Optional<ByteBuffer> listOf(byte[] data, int length, Chunker chunker) {
        List<RecipeEntry> entries = new ArrayList<>();
        int from = 0;
        while (from < length && entries.size() < Recipe.MAX_ENTRIES) {
            int cut = cutOne(chunker, data, from, length);
            entries.add(new RecipeEntry(ChunkCodec.idOf(ByteBuffer.wrap(data, from, cut)), cut));
            from += cut;
        }
        return from == length && length > 0
                ? Optional.of(ByteBuffer.wrap(Recipe.encodeEntries(entries)))
                : Optional.empty();
    }

    private static int cutOne(Chunker chunker, byte[] data, int from, int to) {
        int most = Math.min(chunker.maxLength(), to - from);
        int length = chunker.cut(data, from, to);
        if (length < 1 || length > most) {
            throw new IllegalStateException("Chunker '" + chunker.name() + "' cut off " + length + " bytes of " + most);
        }
        return length;
    }

    /** A chunk whose id is known soon. */
    private record Piece(ByteBuffer raw, CompletableFuture<ChunkId> id) {
    }

    /** The part of the content that is in memory. */
    private static final class Window {
        private final ReadableByteChannel in;
        private final int longest;
        private byte[] data;
        private int from;
        private int to;
        private boolean ended;

        Window(ReadableByteChannel in, int longest) throws IOException {
            this.in = in;
            this.longest = longest;
            this.data = new byte[firstCapacity(in, longest)];
        }

        /** Most files are small, and should not cost a large buffer each. The size is a hint only: files grow. */
        private static int firstCapacity(ReadableByteChannel in, int longest) throws IOException {
            int most = BUFFERED_CHUNKS * longest;
            if (in instanceof SeekableByteChannel file) {
                // One byte more, so that the end is seen without growing.
                return (int) Math.clamp(file.size() - file.position() + 1, Math.min(SMALLEST_BUFFER, most), most);
            }
            return most;
        }

        /** Makes sure that the next chunk is there as a whole; returns false at the end of the content. */
        boolean fill() throws IOException {
            if (to - from < longest && !ended) {
                read();
            }
            return holdsOne();
        }

        /** Returns whether the next chunk is in memory as a whole; false at the end of the content. */
        boolean holdsOne() {
            return ended ? to > from : to - from >= longest;
        }

        private void read() throws IOException {
            System.arraycopy(data, from, data, 0, to - from);
            to -= from;
            from = 0;
            while (!ended && to < data.length) {
                int count = in.read(ByteBuffer.wrap(data, to, data.length - to));
                ended = count < 0;
                to += Math.max(count, 0);
                growIfFull();
            }
        }

        private void growIfFull() {
            if (to == data.length && to < longest) {
                data = Arrays.copyOf(data, BUFFERED_CHUNKS * longest);
            }
        }
    }
}
