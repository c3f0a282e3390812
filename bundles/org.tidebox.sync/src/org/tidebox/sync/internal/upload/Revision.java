package org.tidebox.sync.internal.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.internal.content.FetchRequest;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.content.NewContent;
import org.tidebox.sync.internal.content.NewContent.Item;
import org.tidebox.sync.internal.content.OldSequence;
import org.tidebox.sync.internal.content.Placed;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Finds what is new in a file of which the server has an older version. While the file is cut, only ids are kept.
 * Then the old recipe is followed down to where both differ, and what is new is read again, together with the old
 * chunks that lay in its place. A file that turns out to be new in most parts is handed over piece by piece from
 * there on.
 */
final class Revision implements AutoCloseable {
    /** With more chunks in memory than this the file is taken for a new one. */
    private static final int MOST_HELD = 1_000;
    /** Below lists of lists nothing is known before the end: some thousands belong to each of them. */
    private static final int MOST_HELD_DEEP = 20_000;
    private static final int MOST_LISTS = 64;

    private final FolderRemote server;
    private final Work work;
    private final KnownLeaves leaves;
    private final Stop stop;
    private final Path path;
    private final Recipe old;
    private final Outlet out;
    private final Set<ChunkId> known;
    private final NewContent content;
    private final Map<ChunkId, List<ChunkId>> bases = new HashMap<>();
    private final SeekableByteChannel file;
    private boolean mostlyNew;

    /** Takes what has to be sent. */
    @FunctionalInterface
    interface Outlet {
        /**
         * Takes a chunk; lists come after what they name.
         *
         * @param bases old chunks that it may be told by
         */
        void add(ChunkId id, ByteBuffer raw, int level, List<ChunkId> bases) throws SinkException;
    }

    /** Begins with a file and the recipe of the version that is current on the server. */
    Revision(FolderRemote server, Work work, Path path, Recipe old, Outlet out) throws IOException {
        this.server = server;
        this.work = work;
        this.leaves = server.leaves();
        this.stop = work.stop();
        this.path = path;
        this.old = old;
        this.out = out;
        this.known = new HashSet<>(RecipeReader.ids(old.entries()));
        this.content = new NewContent(known);
        this.file = Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Takes the next chunk as the cutting gives it. */
    void take(ChunkId id, ByteBuffer raw, int level) throws SinkException {
        if (mostlyNew) {
            if (!known.contains(id)) {
                out.add(id, raw, level, List.of());
            }
            return;
        }
        content.add(id, raw, level);
        if (content.held() > (old.depth() > 1 ? MOST_HELD_DEEP : MOST_HELD)) {
            mostlyNew = true;
            for (int at = 0; at < content.levels(); at++) {
                sendAll(content.tops(at));
            }
            content.forget();
        }
    }

    /** Sends what is new, after all of the file has been cut. */
    void finish(Recipe recipe) throws SinkException, RemoteException, InterruptedException {
        if (mostlyNew) {
            return;
        }
        List<Item> news = content.tops(recipe.depth());
        List<List<Item>> levels = new ArrayList<>();
        // Contents of different depth are compared from where both have the same.
        List<Placed> olds = recipe.depth() >= old.depth() ? Placed.of(old.entries(), 0) : List.of();
        for (int depth = recipe.depth(); depth >= 0; depth--) {
            OldSequence sequence = new OldSequence(depth <= old.depth() ? olds : List.of());
            List<Item> fresh = compare(news, sequence);
            levels.addFirst(fresh);
            news = fresh.stream().flatMap(item -> item.children().stream()).toList();
            if (depth > 0 && depth <= old.depth()) {
                olds = children(sequence, fresh, depth);
            }
        }
        for (List<Item> fresh : levels) {
            for (Item item : fresh) {
                send(item, bases.get(item.place().id()));
            }
        }
    }

    /** Returns what the old content does not have, and notes what that may be told by. */
    private List<Item> compare(List<Item> news, OldSequence sequence) {
        List<List<ChunkId>> found = sequence.bases(news.stream().map(Item::place).toList());
        List<Item> fresh = new ArrayList<>();
        for (int i = 0; i < news.size(); i++) {
            ChunkId id = news.get(i).place().id();
            if (!known.contains(id) && sequence.find(id) == null) {
                fresh.add(news.get(i));
                bases.putIfAbsent(id, found.get(i));
            }
        }
        return fresh;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Finds the lists of the old content that lie where it has others now, and returns what they name. */
    private List<Placed> children(OldSequence sequence, List<Item> fresh, int depth)
            throws RemoteException, InterruptedException {
        Set<ChunkId> lists = new HashSet<>();
        fresh.forEach(item -> lists.addAll(bases.get(item.place().id())));
        if (lists.isEmpty() || lists.size() > MOST_LISTS) {
            return List.of();
        }
        Map<ChunkId, ByteBuffer> leaves = fetch(lists);
        List<Placed> children = new ArrayList<>();
        for (Placed list : lists.stream().map(sequence::find)
                .sorted(Comparator.comparing(Placed::offset)).toList()) {
            ByteBuffer leaf = leaves.get(list.id());
            if (leaf != null) {
                children.addAll(children(list, depth, leaf));
            }
        }
        return children;
    }

    private static List<Placed> children(Placed list, int depth, ByteBuffer leaf) {
        try {
            List<RecipeEntry> entries = RecipeReader.children(new RecipeEntry(list.id(), list.length()), depth, leaf);
            return Placed.of(entries, list.offset());
        } catch (CorruptRecipeException e) {
            // As if it had not come.
            return List.of();
        }
    }

    /** Whatever is wrong with a list, then nothing is known below it, and more is sent than is needed. */
    private Map<ChunkId, ByteBuffer> fetch(Set<ChunkId> lists) throws RemoteException, InterruptedException {
        Map<ChunkId, ByteBuffer> found = new HashMap<>();
        FetchRequest fetching = new FetchRequest(server, work);
        for (ChunkId id : lists) {
            leaves.find(id).ifPresentOrElse(leaf -> found.put(id, leaf), () -> fetching.add(id, Map.of()));
        }
        try {
            if (found.size() < lists.size()) {
                fetching.run((id, raw) -> raw.ifPresent(leaf -> found.put(id,
                        ByteBuffer.allocate(leaf.remaining()).put(leaf.duplicate()).flip())));
            }
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.REFUSED) {
                throw e;
            }
        }
        return found;
    }

    private void sendAll(List<Item> items) throws SinkException {
        for (Item item : items) {
            if (!known.contains(item.place().id())) {
                sendAll(item.children());
                send(item, List.of());
            }
        }
    }

    private void send(Item item, List<ChunkId> bases) throws SinkException {
        out.add(item.place().id(), item.level() == 0 ? read(item.place()) : ByteBuffer.wrap(item.list()), item.level(),
                bases);
    }

    /** Reads a piece again; what changed since it was cut is another content. */
    private ByteBuffer read(Placed place) throws SinkException {
        try {
            ByteBuffer raw = ByteBuffer.allocate((int) place.length());
            file.position(place.offset());
            while (raw.hasRemaining() && file.read(raw) >= 0) {
                stop.check();
            }
            if (raw.hasRemaining() || !ChunkCodec.idOf(raw.flip()).equals(place.id())) {
                throw StaleException.changed(path);
            }
            return raw;
        } catch (IOException | StaleException | InterruptedException e) {
            throw new SinkException(e);
        }
    }
}
