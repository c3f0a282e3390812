package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * The version of a file that is on the disk while a new one comes: what both share is copied from here, and verified,
 * and what is like it may come as a patch. For a short recipe the places of the chunks are known; for a long one the
 * file is cut again, which costs reading but no traffic.
 */
final class OldContent implements AutoCloseable {
    private static final int MOST_CHUNKS = 200_000;

    private final List<List<Placed>> levels = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final List<OldSequence> sequences;
    private final Map<ChunkId, byte[]> leaves = new HashMap<>();
    private final SeekableByteChannel file;

    OldContent(Path path, Recipe recipe, Chunker chunker) throws IOException {
        file = Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (recipe != null && recipe.depth() == 0) {
            recipe.entries().forEach(entry -> add(0, entry));
        } else {
            LeafLevels leafLevels = new LeafLevels();
            ContentChunks.<RuntimeException>cut(file, chunker, (id, raw) -> index(leafLevels, id, raw));
        }
        sequences = levels.stream().map(OldSequence::new).toList();
    }

    private void index(LeafLevels leafLevels, ChunkId id, ByteBuffer raw) {
        int level = leafLevels.levelOf(id, raw);
        if (level == 0) {
            add(0, new RecipeEntry(id, raw.remaining()));
        } else {
            byte[] bytes = new byte[raw.remaining()];
            raw.get(raw.position(), bytes);
            long length = Recipe.decodeEntries(ByteBuffer.wrap(bytes)).stream().mapToLong(RecipeEntry::length).sum();
            add(level, new RecipeEntry(id, length));
            if (leaves.size() < MOST_CHUNKS) {
                leaves.put(id, bytes);
            }
        }
    }

    private void add(int level, RecipeEntry entry) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
            ends.add(0L);
        }
        long offset = ends.get(level);
        if (levels.get(level).size() < MOST_CHUNKS) {
            levels.get(level).add(new Placed(entry.id(), offset, entry.length()));
        }
        ends.set(level, offset + entry.length());
    }

    /** Returns a chunk of the content, verified; empty if the old file does not hold it. */
    Optional<ByteBuffer> chunk(ChunkId id) throws IOException {
        Placed place = sequences.isEmpty() ? null : sequences.getFirst().find(id);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer raw = ByteBuffer.allocate((int) place.length());
        file.position(place.offset());
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

    /** Finds what may be like some new chunks, as {@link OldSequence#bases} does. */
    List<List<ChunkId>> bases(int level, List<Placed> news) {
        return level < sequences.size()
                ? sequences.get(level).bases(news)
                : Collections.nCopies(news.size(), List.of());
    }

    /** Returns the verified bytes of bases; empty if one of them is not there any more. */
    Map<ChunkId, ByteBuffer> contents(int level, List<ChunkId> bases) throws IOException {
        Map<ChunkId, ByteBuffer> contents = new LinkedHashMap<>();
        for (ChunkId id : bases) {
            Optional<ByteBuffer> content = level == 0 ? chunk(id) : leaf(id);
            if (content.isEmpty()) {
                return Map.of();
            }
            contents.put(id, content.get());
        }
        return contents;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
