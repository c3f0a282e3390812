package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.RecipeReader;
import org.tidebox.feature.Lease;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.RecipeEntry;

/**
 * Puts contents together from chunks of the files' old versions and of the server. Gathers what it needs over files
 * and over stretches of a long file, and fetches it in one request per 8 MiB or 1,000 chunks. A file that fails says
 * so itself; the others go on.
 */
final class Assembler {
    private static final long WINDOW_BYTES = 8 << 20;
    private static final int WINDOW_CHUNKS = 1_000;
    /** A chunk may repeat without end, as in a sparse file; then it is fetched again after so many places. */
    private static final int WINDOW_PLACES = 10_000;
    /** Below this, naming what is like a chunk costs more than it saves. */
    private static final int WORTH_PATCHING = 512;
    private static final int MOST_ZEROS = 1_000;
    private static final int LEAVES_AT_ONCE = 64;

    private final Context context;
    private final Fetching fetching;
    private final Map<ChunkId, List<Piece>> wanted = new LinkedHashMap<>();
    /** Chunks that came and were nothing but zeros, with their lengths: they are not written, and not fetched again. */
    private final Map<ChunkId, Long> zeros = new HashMap<>();
    private long wantedBytes;
    private int wantedPlaces;
    private Incoming open;

    Assembler(Context context) {
        this.context = context;
        this.fetching = new Fetching(context);
    }

    /** Writes the contents of all files, as far as it is possible. */
    void assemble(List<Incoming> files) throws RemoteException, TreeStoreException, InterruptedException {
        wantNothing();
        try {
            for (Incoming file : files) {
                assemble(file);
            }
            fetch();
        } finally {
            for (Incoming file : files) {
                close(file);
            }
            open = null;
        }
    }

    private void assemble(Incoming file) throws RemoteException, TreeStoreException, InterruptedException {
        try (Lease<Chunker> chunker = context.chunkers().acquire(); OldContent old = oldContent(file, chunker.get())) {
            use(file);
            file.create();
            long end = expand(file, old, file.node().recipe().entries(), file.node().recipe().depth(), 0);
            if (old != null && end > WINDOW_BYTES) {
                fetch();
            }
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        } catch (CorruptRecipeException e) {
            file.fail("the server sent a damaged content: " + e.getMessage());
        }
    }

    private OldContent oldContent(Incoming file, Chunker chunker) throws TreeStoreException {
        LocalNode local = context.trees().triple(file.node().id()).local();
        if (local == null || local.deleted() || !local.isRead() || local.stamp().size() == 0) {
            return null;
        }
        try {
            Path path = context.paths().of(local);
            return new OldContent(path, local.recipe(), file.node().recipe(), chunker);
        } catch (IOException e) {
            // Then everything comes from the server.
            return null;
        }
    }

    private long expand(Incoming file, OldContent old, List<RecipeEntry> entries, int depth, long offset)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        List<Placed> places = Placed.of(entries, offset);
        List<List<ChunkId>> bases = old == null
                ? Collections.nCopies(places.size(), List.of())
                : old.bases(depth, places);
        for (int from = 0; from < places.size(); from += LEAVES_AT_ONCE) {
            context.stop().check();
            Map<Placed, List<ChunkId>> some = new LinkedHashMap<>();
            for (int i = from; i < Math.min(from + LEAVES_AT_ONCE, places.size()); i++) {
                some.put(places.get(i), bases.get(i));
            }
            if (depth == 0) {
                for (Map.Entry<Placed, List<ChunkId>> piece : some.entrySet()) {
                    piece(file, old, piece.getKey(), piece.getValue());
                }
            } else {
                lists(file, old, some, depth);
            }
        }
        return places.isEmpty() ? offset : places.getLast().end();
    }

    private void lists(Incoming file, OldContent old, Map<Placed, List<ChunkId>> lists, int depth)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        if (old != null && depth == 1) {
            lists.keySet().removeAll(copy(file, old, lists.keySet()));
        }
        Map<ChunkId, ByteBuffer> leaves = leaves(old, lists, depth);
        for (Placed list : lists.keySet()) {
            ByteBuffer leaf = leaves.get(list.id());
            if (leaf == null) {
                throw new CorruptRecipeException("the list " + list.id() + " did not come");
            }
            RecipeEntry entry = new RecipeEntry(list.id(), list.length());
            expand(file, old, RecipeReader.children(entry, depth, leaf), depth - 1, list.offset());
        }
    }

    /** Copies what some lists stand for where the old content has it as a whole, and returns these lists. */
    private Set<Placed> copy(Incoming file, OldContent old, Set<Placed> lists)
            throws IOException, InterruptedException {
        List<Placed> there = lists.stream().filter(list -> old.stretch(list) != null).toList();
        Set<Placed> copied = new HashSet<>();
        use(file);
        try (Stretches stretches = new Stretches(context.threads(), old, there.stream().map(old::stretch).toList())) {
            for (Placed list : there) {
                context.stop().check();
                int length = (int) list.length();
                if (stretches.next(bytes -> file.write(list.offset(), ByteBuffer.wrap(bytes, 0, length)))) {
                    context.progress().advance(file.node().id(), length);
                    copied.add(list);
                }
            }
        }
        return copied;
    }

    private Map<ChunkId, ByteBuffer> leaves(OldContent old, Map<Placed, List<ChunkId>> lists, int depth)
            throws RemoteException, IOException {
        Map<ChunkId, ByteBuffer> leaves = new HashMap<>();
        Fetching missing = new Fetching(context);
        boolean all = true;
        for (Map.Entry<Placed, List<ChunkId>> list : lists.entrySet()) {
            ChunkId id = list.getKey().id();
            Optional<ByteBuffer> known = old == null ? Optional.empty() : old.leaf(id);
            if (known.isPresent()) {
                leaves.put(id, known.get());
            } else {
                all = false;
                missing.add(id, old == null ? Map.of() : old.contents(depth, list.getValue()));
            }
        }
        if (!all) {
            missing.run((id, raw) -> raw.ifPresent(leaf -> leaves.put(id, copy(leaf))));
        }
        return leaves;
    }

    private void piece(Incoming file, OldContent old, Placed entry, List<ChunkId> bases)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        if (entry.length() > EncodedChunk.MAX_LENGTH) {
            throw new CorruptRecipeException("a piece of " + entry.length() + " bytes is too long");
        }
        if (file.failure() != null) {
            throw new IOException(file.failure());
        }
        if (Long.valueOf(entry.length()).equals(zeros.get(entry.id()))) {
            file.skip(entry.length());
            context.progress().advance(file.node().id(), entry.length());
            return;
        }
        Optional<ByteBuffer> here = old == null ? Optional.empty() : old.chunk(entry.id());
        if (here.isPresent() && here.get().remaining() == entry.length()) {
            use(file);
            file.write(entry.offset(), here.get());
            context.progress().advance(file.node().id(), entry.length());
            return;
        }
        want(entry, new Piece(file, entry.offset(), entry.length()),
                bases.isEmpty() || entry.length() < WORTH_PATCHING ? Map.of() : old.contents(0, bases));
    }

    private void want(Placed entry, Piece place, Map<ChunkId, ByteBuffer> like)
            throws RemoteException, InterruptedException {
        boolean isNew = !wanted.containsKey(entry.id());
        if (wantedPlaces >= WINDOW_PLACES
                || isNew && (wantedBytes + entry.length() > WINDOW_BYTES || wanted.size() >= WINDOW_CHUNKS)) {
            fetch();
            isNew = true;
        }
        if (isNew) {
            wantedBytes += entry.length() + fetching.add(entry.id(), like);
        }
        wanted.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(place);
        wantedPlaces++;
    }

    private void fetch() throws RemoteException, InterruptedException {
        context.stop().check();
        if (!wanted.isEmpty()) {
            fetching.run(this::arrived);
            wanted.values()
                    .forEach(places -> places.forEach(place -> place.file.fail("the server did not send all of it")));
            wantNothing();
        }
    }

    private void wantNothing() {
        wanted.clear();
        fetching.clear();
        wantedBytes = 0;
        wantedPlaces = 0;
    }

    private void arrived(ChunkId id, Optional<ByteBuffer> raw) {
        List<Piece> places = wanted.remove(id);
        if (places == null) {
            return;
        }
        if (raw.isPresent() && zeros.size() < MOST_ZEROS && Holes.isZero(raw.get())) {
            zeros.put(id, (long) raw.get().remaining());
        }
        for (Piece place : places) {
            if (raw.isEmpty() || raw.get().remaining() != place.length) {
                place.file.fail("the server sent damaged content; the log of the server tells more");
            } else {
                write(place, raw.get());
            }
        }
    }

    private void write(Piece place, ByteBuffer raw) {
        if (place.file.failure() != null) {
            return;
        }
        try {
            use(place.file);
            place.file.write(place.offset, raw);
            context.progress().advance(place.file.node().id(), place.length);
        } catch (IOException e) {
            place.file.fail(Reasons.of(e));
        }
    }

    /** Keeps one file open at a time. */
    private void use(Incoming file) throws IOException {
        if (open != null && open != file) {
            open.close();
        }
        open = file;
    }

    private static ByteBuffer copy(ByteBuffer raw) {
        return ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
    }

    private static void close(Incoming file) {
        try {
            file.close();
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        }
    }

    private record Piece(Incoming file, long offset, long length) {
    }
}
