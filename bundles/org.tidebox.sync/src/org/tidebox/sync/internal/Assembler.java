package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
 * and over stretches of a long file into {@linkplain DownloadWindow windows}, which travel beside. A file that fails
 * says so itself; the others go on.
 */
final class Assembler {
    /** Below this, naming what is like a chunk costs more than it saves. */
    private static final int WORTH_PATCHING = 512;
    /** So much of a file that differs from its old version may wait with what is like it in memory. */
    private static final long LONG_FILE = 8 << 20;
    private static final int LEAVES_AT_ONCE = 64;

    private final Context context;
    private final KnownZeros zeros = new KnownZeros();
    private final WindowFetcher fetcher;
    private final PieceWriter writer;

    Assembler(Context context) {
        this.context = context;
        this.fetcher = new WindowFetcher(context);
        this.writer = new PieceWriter(context.progress());
    }

    /** Prepares for some files. */
    Assembly prepare() {
        return new Assembly(context, zeros, fetcher);
    }

    /** Lets the contents of some files set out; {@link #await} must follow, or {@link #giveUp}. */
    void begin(Assembly assembly, List<Incoming> files)
            throws RemoteException, TreeStoreException, InterruptedException {
        try (writer) {
            for (Incoming file : files) {
                begin(file, assembly);
            }
        }
        assembly.send();
    }

    /** Waits until the contents of these files are written, as far as it is possible. */
    void await(Assembly assembly, List<Incoming> files)
            throws RemoteException, TreeStoreException, InterruptedException {
        if (assembly.await() == null) {
            return;
        }
        // One content that the server does not give must not hold up the others.
        for (Incoming file : files) {
            if (file.failure() == null && !file.isWhole()) {
                Assembly alone = prepare();
                begin(alone, List.of(file));
                RemoteException refusal = alone.await();
                if (refusal != null) {
                    file.fail(refusal.getMessage());
                }
            }
        }
    }

    /** Gives up what is on its way, and returns when nothing of it writes any more. */
    void giveUp() {
        fetcher.close();
    }

    private void begin(Incoming file, Assembly assembly)
            throws RemoteException, TreeStoreException, InterruptedException {
        try (Lease<Chunker> chunker = context.chunkers().acquire(); OldContent old = oldContent(file, chunker.get())) {
            file.begin();
            long end = expand(file, old, file.node().recipe().entries(), file.node().recipe().depth(), 0, assembly);
            if (old != null && end > LONG_FILE) {
                assembly.send();
            }
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        } catch (CorruptRecipeException e) {
            file.fail("the server sent a damaged content: " + e.getMessage());
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.REFUSED) {
                throw e;
            }
            file.fail(e.getMessage());
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

    private long expand(Incoming file, OldContent old, List<RecipeEntry> entries, int depth, long offset,
            Assembly assembly) throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
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
                    piece(file, old, piece.getKey(), piece.getValue(), assembly);
                }
            } else {
                lists(file, old, some, depth, assembly);
            }
        }
        return places.isEmpty() ? offset : places.getLast().end();
    }

    private void lists(Incoming file, OldContent old, Map<Placed, List<ChunkId>> lists, int depth,
            Assembly assembly) throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
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
            expand(file, old, RecipeReader.children(entry, depth, leaf), depth - 1, list.offset(),
                    assembly);
        }
    }

    /** Copies what some lists stand for where the old content has it as a whole, and returns these lists. */
    private Set<Placed> copy(Incoming file, OldContent old, Set<Placed> lists)
            throws IOException, InterruptedException {
        List<Placed> there = lists.stream().filter(list -> old.stretch(list) != null).toList();
        Set<Placed> copied = new HashSet<>();
        try (Stretches stretches = new Stretches(context.threads(), old, there.stream().map(old::stretch).toList())) {
            for (Placed list : there) {
                context.stop().check();
                int length = (int) list.length();
                if (stretches.next(bytes -> writer.write(file, list.offset(), ByteBuffer.wrap(bytes, 0, length)))) {
                    copied.add(list);
                }
            }
        }
        return copied;
    }

    private Map<ChunkId, ByteBuffer> leaves(OldContent old, Map<Placed, List<ChunkId>> lists, int depth)
            throws RemoteException, IOException, InterruptedException {
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

    private void piece(Incoming file, OldContent old, Placed entry, List<ChunkId> bases, Assembly assembly)
            throws RemoteException, IOException, CorruptRecipeException, InterruptedException {
        if (entry.length() > EncodedChunk.MAX_LENGTH) {
            throw new CorruptRecipeException("a piece of " + entry.length() + " bytes is too long");
        }
        if (file.failure() != null) {
            throw new IOException(file.failure());
        }
        if (zeros.has(entry)) {
            file.skip(entry.length());
            context.progress().advance(file.node().id(), entry.length());
            return;
        }
        Optional<ByteBuffer> here = old == null ? Optional.empty() : old.chunk(entry.id());
        if (here.isPresent() && here.get().remaining() == entry.length()) {
            writer.write(file, entry.offset(), here.get());
            return;
        }
        assembly.want(entry, file,
                bases.isEmpty() || entry.length() < WORTH_PATCHING ? Map.of() : old.contents(0, bases));
    }

    private static ByteBuffer copy(ByteBuffer raw) {
        return ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
    }
}
