package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * The version of a file that is on the disk while a new one comes: what both share is copied from here, and verified.
 * For a short recipe the places of the chunks are known; for a long one the file is cut again, which costs reading but
 * no traffic.
 */
final class OldContent implements AutoCloseable {
    private static final int MOST_CHUNKS = 200_000;

    private final Map<ChunkId, RecipePlace> places = new HashMap<>();
    private final Map<ChunkId, byte[]> leaves = new HashMap<>();
    private final SeekableByteChannel file;
    private long offset;

    OldContent(Path path, Recipe recipe, Chunker chunker) throws IOException {
        file = Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (recipe != null && recipe.depth() == 0) {
            recipe.entries().forEach(this::add);
        } else {
            LeafLevels levels = new LeafLevels();
            ContentChunks.<RuntimeException>cut(file, chunker, (id, raw) -> index(levels, id, raw));
        }
    }

    private void index(LeafLevels levels, ChunkId id, ByteBuffer raw) {
        if (levels.levelOf(id, raw) == 0) {
            add(new RecipeEntry(id, raw.remaining()));
        } else if (leaves.size() < MOST_CHUNKS) {
            byte[] bytes = new byte[raw.remaining()];
            raw.get(raw.position(), bytes);
            leaves.put(id, bytes);
        }
    }

    private void add(RecipeEntry entry) {
        if (places.size() < MOST_CHUNKS) {
            places.putIfAbsent(entry.id(), new RecipePlace(offset, (int) entry.length()));
        }
        offset += entry.length();
    }

    /** Returns a chunk of the content, verified; empty if the old file does not hold it. */
    Optional<ByteBuffer> chunk(ChunkId id) throws IOException {
        RecipePlace place = places.get(id);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer raw = ByteBuffer.allocate(place.length);
        file.position(place.offset);
        while (raw.hasRemaining()) {
            if (file.read(raw) < 0) {
                return Optional.empty();
            }
        }
        raw.flip();
        return ChunkCodec.idOf(raw).equals(id) ? Optional.of(raw) : Optional.empty();
    }

    /** Returns a leaf of the recipe, if the old one has the same. */
    Optional<ByteBuffer> leaf(ChunkId id) {
        return Optional.ofNullable(leaves.get(id)).map(ByteBuffer::wrap);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private record RecipePlace(long offset, int length) {
    }
}
