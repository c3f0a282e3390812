package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.RecipeBuilder;
import org.tidebox.delta.RecipeReader;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.OldPlaces;
import org.tidebox.sync.internal.content.OldSequence;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * The version of a file that is on the disk while a new one comes: what both share is copied from here, and verified,
 * and what is like it may come as a patch. For a short recipe the places of the chunks are known. Of a long one those
 * stretches are of interest which the new content does not have as they are: where their lists are not known, they are
 * cut again, which costs reading but no traffic.
 */
final class OldContent implements AutoCloseable {
    /** So much more that is new than what went may be copies of what stayed. */
    private static final long MANY_BYTES = 8 << 20;
    private static final int READ_AT_ONCE = 1 << 20;

    private final Chunker chunker;
    private final KnownLeaves leaves;
    private final OldPlaces places = new OldPlaces();
    private final FileChannel file;
    /** Whether the chunker at hand makes the lists that the recipe names. */
    private final boolean isRepeatable;

    /** Begins with a file, its recipe, and that of the content which comes. */
    OldContent(Path path, Recipe recipe, Recipe wanted, Chunker chunker, KnownLeaves leaves) throws IOException {
        this.chunker = chunker.forLength(recipe.size());
        this.leaves = leaves;
        this.isRepeatable = recipe.chunker().equals(this.chunker.name());
        this.file = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            List<Placed> top = Placed.of(recipe.entries(), 0);
            if (recipe.depth() == 0) {
                places.add(0, top);
            } else if (recipe.depth() == 1 && isRepeatable) {
                places.add(1, top);
                for (Placed list : changed(top, wanted)) {
                    addList(list);
                }
            } else {
                cut(0, Long.MAX_VALUE);
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Returns the lists that the new content does not have; all of them where it may use others twice. */
    private static List<Placed> changed(List<Placed> top, Recipe wanted) {
        Set<ChunkId> news = new HashSet<>(RecipeReader.ids(wanted.entries()));
        List<Placed> gone = top.stream().filter(list -> !news.contains(list.id())).toList();
        Set<ChunkId> olds = new HashSet<>(top.stream().map(Placed::id).toList());
        long more = wanted.entries().stream().filter(entry -> !olds.contains(entry.id()))
                .mapToLong(RecipeEntry::length).sum() - gone.stream().mapToLong(Placed::length).sum();
        return more > MANY_BYTES ? top : gone;
    }

    private void addList(Placed list) throws IOException {
        Optional<List<Placed>> pieces = leaves.pieces(list);
        if (pieces.isPresent()) {
            places.add(0, pieces.get());
            leaves.find(list.id()).ifPresent(leaf -> places.addLeaf(list.id(), leaf));
        } else {
            cutList(list);
        }
    }

    /** Cuts what a list stands for; its own entries come as a short recipe. */
    private void cutList(Placed list) throws IOException {
        Recipe entries = cut(list.offset(), list.length());
        ByteBuffer leaf = ByteBuffer.wrap(Recipe.encodeEntries(entries.entries()));
        if (ChunkCodec.idOf(leaf).equals(list.id())) {
            places.addLeaf(list.id(), leaf);
            leaves.learn(list.id(), leaf);
        }
    }

    private Recipe cut(long offset, long length) throws IOException {
        OldPlaces.Stretch stretch = places.stretch(offset);
        return ContentChunks.<RuntimeException>cut(new FileStretch(file, offset, length), chunker, stretch::add);
    }

    /** Returns a chunk of the content, verified; empty if the old file does not hold it. */
    Optional<ByteBuffer> chunk(ChunkId id) throws IOException {
        Placed place = places.on(0).find(id);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer raw = ByteBuffer.allocate((int) place.length());
        return read(place, raw) ? Optional.of(raw) : Optional.empty();
    }

    /** Returns where a piece of the new content lies in the old one; {@code null} if nowhere. */
    Placed piece(Placed piece) {
        Placed place = places.on(0).find(piece.id());
        return place != null && place.length() == piece.length() ? place : null;
    }

    /**
     * Reads a piece, and verifies it. May be called by several threads.
     *
     * @param room is empty, and takes the bytes, which are then to be read
     * @return whether they are what they should be
     */
    boolean read(Placed place, ByteBuffer room) throws IOException {
        return read(place.offset(), room.limit((int) place.length())) && ChunkCodec.idOf(room).equals(place.id());
    }

    /** Returns where the stretch that a list of pieces stands for can be had as a whole; {@code null} if nowhere. */
    Placed stretch(Placed list) {
        Placed place = isRepeatable ? places.on(1).find(list.id()) : null;
        return place != null && place.length() == list.length() && list.length() <= RecipeBuilder.MAX_LEAF_CONTENT
                ? place
                : null;
    }

    /**
     * Reads such a stretch, and verifies it: cut anew, it gives the list again. May be called by several threads.
     *
     * @param room is empty, has an array, and takes the bytes, which are then to be read
     * @return whether they are what the list stands for
     */
    boolean readStretch(Placed stretch, ByteBuffer room) throws IOException {
        int length = (int) stretch.length();
        if (!read(stretch.offset(), room.limit(length))) {
            return false;
        }
        Optional<ByteBuffer> list = ContentChunks.listOf(room.array(), length, chunker)
                .filter(leaf -> ChunkCodec.idOf(leaf).equals(stretch.id()));
        list.ifPresent(leaf -> leaves.learn(stretch.id(), leaf));
        return list.isPresent();
    }

    /** Fills a buffer, whose bytes are then to be read; returns false where the file is too short for that. */
    private boolean read(long offset, ByteBuffer room) throws IOException {
        int end = room.limit();
        while (room.position() < end) {
            room.limit(Math.min(end, room.position() + READ_AT_ONCE));
            if (file.read(room, offset + room.position()) < 0) {
                return false;
            }
        }
        room.flip();
        return true;
    }

    /** Returns a leaf of the recipe, if the old one has the same. */
    Optional<ByteBuffer> leaf(ChunkId id) {
        return places.leaf(id);
    }

    /** Finds what may be like some new chunks, as {@link OldSequence#bases} does. */
    List<List<ChunkId>> bases(int level, List<Placed> news) {
        return level < places.levels()
                ? places.on(level).bases(news)
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
