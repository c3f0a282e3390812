package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.RecipeReader;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.content.FetchRequest;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.KnownZeros;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Follows the recipe of a file down to its pieces. What an old version has is copied, and verified; of a long file
 * beside, while the rest is asked for.
 */
final class RecipeWalk {
    /** Below this, naming what is like a chunk costs more than it saves. */
    private static final int WORTH_PATCHING = 512;
    /** So much of a file that differs from its old version may wait with what is like it in memory. */
    private static final long LONG_FILE = 8 << 20;
    private static final int LEAVES_AT_ONCE = 64;

    private final FolderRemote server;
    private final Work work;
    private final KnownLeaves leaves;
    private final Progress progress;
    private final Stop stop;
    private final KnownZeros zeros;
    private final PieceWriter writer;
    private final FetchBatch batch;
    private final Incoming file;
    private final OldContent old;
    private Copier copier;

    /**
     * Prepares to put a file together.
     *
     * @param writer writes what is copied at once
     * @param batch takes what has to come from the server
     * @param old the old version of the file, or {@code null}
     */
    RecipeWalk(FolderRemote server, Work work, PieceWriter writer, FetchBatch batch, Incoming file,
            OldContent old) {
        this.server = server;
        this.work = work;
        this.leaves = server.leaves();
        this.progress = work.progress();
        this.stop = work.stop();
        this.zeros = batch.zeros();
        this.writer = writer;
        this.batch = batch;
        this.file = file;
        this.old = old;
    }

    /** Wants all pieces, and returns when what could be copied is. */
    void run() throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        Recipe recipe = file.node().recipe();
        if (old == null || recipe.depth() == 0) {
            expand(recipe.entries(), recipe.depth(), 0);
            return;
        }
        try (Copier beside = new Copier(leaves, work, file, old)) {
            copier = beside;
            expand(recipe.entries(), recipe.depth(), 0);
            sendIfLong(recipe);
            for (Copier.Missing missing = await(); !missing.isEmpty(); missing = await()) {
                want(missing);
                sendIfLong(recipe);
            }
        }
    }

    private void sendIfLong(Recipe recipe) throws RemoteException, InterruptedException {
        if (recipe.size() > LONG_FILE) {
            batch.send();
        }
    }

    private Copier.Missing await() throws InterruptedException {
        Copier.Missing missing = copier.await();
        stop.check();
        return missing;
    }

    /** The old file is not what it was. */
    private void want(Copier.Missing missing)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        for (Placed piece : missing.pieces()) {
            batch.want(piece, file, Map.of());
        }
        Map<Placed, List<ChunkId>> lists = new LinkedHashMap<>();
        missing.lists().forEach(list -> lists.put(list, List.of()));
        expandLists(lists, 1);
    }

    private void expand(List<RecipeEntry> entries, int depth, long offset)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        List<Placed> places = Placed.of(entries, offset);
        List<List<ChunkId>> bases = old == null
                ? Collections.nCopies(places.size(), List.of())
                : old.bases(depth, places);
        for (int from = 0; from < places.size(); from += LEAVES_AT_ONCE) {
            stop.check();
            Map<Placed, List<ChunkId>> some = new LinkedHashMap<>();
            for (int i = from; i < Math.min(from + LEAVES_AT_ONCE, places.size()); i++) {
                some.put(places.get(i), bases.get(i));
            }
            if (depth == 0) {
                for (Map.Entry<Placed, List<ChunkId>> piece : some.entrySet()) {
                    piece(piece.getKey(), piece.getValue());
                }
            } else {
                copyStretches(some, depth);
                expandLists(some, depth);
            }
        }
    }

    /** Copies what some lists stand for where the old content has it as a whole, and removes these lists. */
    private void copyStretches(Map<Placed, List<ChunkId>> lists, int depth) throws InterruptedException {
        if (old == null || depth > 1) {
            return;
        }
        for (Placed list : List.copyOf(lists.keySet())) {
            Placed there = old.stretch(list);
            if (there != null) {
                copier.stretch(there, list);
                lists.remove(list);
            }
        }
    }

    private void expandLists(Map<Placed, List<ChunkId>> lists, int depth)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        Map<ChunkId, ByteBuffer> leaves = leaves(lists, depth);
        for (Placed list : lists.keySet()) {
            ByteBuffer leaf = leaves.get(list.id());
            if (leaf == null) {
                throw new CorruptRecipeException("the list " + list.id() + " did not come");
            }
            RecipeEntry entry = new RecipeEntry(list.id(), list.length());
            expand(RecipeReader.children(entry, depth, leaf), depth - 1, list.offset());
        }
    }

    private Map<ChunkId, ByteBuffer> leaves(Map<Placed, List<ChunkId>> lists, int depth)
            throws RemoteException, IOException, InterruptedException {
        Map<ChunkId, ByteBuffer> found = new HashMap<>();
        FetchRequest missing = new FetchRequest(server, work);
        boolean all = true;
        for (Map.Entry<Placed, List<ChunkId>> list : lists.entrySet()) {
            ChunkId id = list.getKey().id();
            Optional<ByteBuffer> known = known(id);
            if (known.isPresent()) {
                found.put(id, known.get());
            } else {
                all = false;
                missing.add(id, old == null ? Map.of() : old.contents(depth, list.getValue()));
            }
        }
        if (!all) {
            missing.run((id, raw) -> raw.ifPresent(leaf -> {
                found.put(id, copy(leaf));
                leaves.learn(id, leaf);
            }));
        }
        return found;
    }

    private Optional<ByteBuffer> known(ChunkId id) {
        Optional<ByteBuffer> known = leaves.find(id);
        return known.isPresent() || old == null ? known : old.leaf(id);
    }

    private void piece(Placed entry, List<ChunkId> bases)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        if (entry.length() > EncodedChunk.MAX_LENGTH) {
            throw new CorruptRecipeException("a piece of " + entry.length() + " bytes is too long");
        }
        if (file.failure() != null) {
            throw new ObstacleException(file.failure());
        }
        if (zeros.has(entry)) {
            file.skip(entry.length());
            progress.advance(file.node().id(), entry.length());
        } else if (old == null || !copy(entry)) {
            batch.want(entry, file,
                    bases.isEmpty() || entry.length() < WORTH_PATCHING ? Map.of() : old.contents(0, bases));
        }
    }

    private boolean copy(Placed entry) throws IOException, InterruptedException {
        Placed there = old.piece(entry);
        if (there != null && copier != null) {
            copier.piece(there, entry);
            return true;
        }
        Optional<ByteBuffer> here = there == null ? Optional.empty() : old.chunk(entry.id());
        here.ifPresent(raw -> writer.write(file, entry.offset(), raw));
        return here.isPresent();
    }

    private static ByteBuffer copy(ByteBuffer raw) {
        return ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
    }
}
