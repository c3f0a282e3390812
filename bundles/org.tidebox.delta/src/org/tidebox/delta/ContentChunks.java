package org.tidebox.delta;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.tidebox.delta.internal.ContentWindow;
import org.tidebox.delta.internal.LikelyCuts;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Cuts contents into chunks. */
public final class ContentChunks {
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
        return cut(in, chunker, List.of(), sink);
    }

    /**
     * Cuts a content as {@link #cut(ReadableByteChannel, Chunker, ChunkSink)} does, with the same result, but need not
     * look for the ends of chunks that another content has as well.
     *
     * @param like pieces of a content that is probably like this one, as the same chunker cut it, in order; without the
     *        last one of the content, which its end has cut
     */
    public static <E extends Exception> Recipe cut(ReadableByteChannel in, Chunker chunker, List<RecipeEntry> like,
            ChunkSink<E> sink) throws IOException, E {
        int longest = chunker.maxLength();
        if (longest < 1 || longest > EncodedChunk.MAX_LENGTH) {
            throw new IllegalArgumentException("Chunker '" + chunker.name() + "' makes chunks of up to " + longest
                    + " bytes; 1 to " + EncodedChunk.MAX_LENGTH + " are allowed");
        }
        RecipeBuilder<E> recipe = new RecipeBuilder<>(chunker.name(), sink);
        LikelyCuts likely = new LikelyCuts(like);
        ContentWindow window = new ContentWindow(in, longest);
        while (window.fill()) {
            List<Piece> pieces = cutAll(window, chunker, likely);
            int right = rightOnes(pieces);
            for (Piece piece : pieces.subList(0, right)) {
                int length = piece.raw().remaining();
                sink.chunk(piece.id().join(), piece.raw(), 0);
                recipe.add(piece.id().join(), length);
            }
            if (right < pieces.size()) {
                likely.lost();
                pieces.subList(right, pieces.size()).forEach(piece -> window.giveBack(piece.raw().remaining()));
            } else if (pieces.getLast().guess() == null) {
                likely.after(pieces.getLast().id().join());
            }
        }
        return recipe.finish();
    }

    /** Cuts what is in memory. While it looks for the next cut, the chunks before are hashed on threads of their own. */
    private static List<Piece> cutAll(ContentWindow window, Chunker chunker, LikelyCuts likely) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        while (window.holdsNext()) {
            RecipeEntry guess = likely.next();
            boolean fits = guess != null
                    && guess.length() <= Math.min(chunker.maxLength(), window.to() - window.from());
            ByteBuffer raw = window.take(fits
                    ? (int) guess.length()
                    : cutOne(chunker, window.data(), window.from(), window.to()));
            pieces.add(new Piece(raw, fits ? guess.id() : null, hash(raw, !window.holdsNext())));
        }
        return pieces;
    }

    private static CompletableFuture<ChunkId> hash(ByteBuffer raw, boolean isLast) {
        return isLast
                ? CompletableFuture.completedFuture(ChunkCodec.idOf(raw))
                : CompletableFuture.supplyAsync(() -> ChunkCodec.idOf(raw), HASHING);
    }

    /** Returns how many chunks come before the first that was guessed wrong. */
    private static int rightOnes(List<Piece> pieces) {
        int right = 0;
        while (right < pieces.size() && pieces.get(right).isRight()) {
            right++;
        }
        return right;
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

    /** A chunk whose id is known soon, and what it was guessed to be if its end was not looked for. */
    private record Piece(ByteBuffer raw, ChunkId guess, CompletableFuture<ChunkId> id) {
        boolean isRight() {
            return guess == null || guess.equals(id.join());
        }
    }
}
