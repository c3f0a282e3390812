package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.SweepGuard;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.packs.DamagedPackException;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Marks what an account's versions name. A list of entries has a higher level than what it names, so going through all
 * lists from the highest level down reads each of them once, whatever the number of versions. What a level's lists name
 * is marked after those of the level that may go are gone: then every list that is left has marked what it names, also
 * one that is only taken for reachable.
 */
final class Marker {
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final long account;

    Marker(Storage storage, long account) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.account = account;
    }

    /**
     * Marks what versions name without a list between.
     *
     * @throws StorageException if a list that must be there is not: then nobody knows what else must stay
     */
    Marks mark(Instant cutoff) throws StorageException {
        SweepGuard guard = storage.chunks(chunks -> chunks.guard(account));
        long count = storage.chunks(chunks -> chunks.count(account));
        Marks marks = new Marks(count, ThreadLocalRandom.current().nextLong(), cutoff, guard);
        for (LibraryId library : guard.heads().keySet()) {
            pages.contents(library, 0, page -> markNamed(page, marks));
        }
        return marks;
    }

    /**
     * Marks what the lists of a level name.
     *
     * @throws StorageException if one cannot be read
     */
    void markBehind(int level, Marks marks) throws StorageException {
        pages.chunks(account, level, page -> markBehind(page, marks));
    }

    /**
     * Marks what was committed since.
     *
     * @return whether the marks hold again; not if unused lists were claimed, for what they name was not marked
     */
    boolean catchUp(Marks marks) throws StorageException {
        SweepGuard now = storage.chunks(chunks -> chunks.guard(account));
        if (now.claims() != marks.guard().claims()) {
            return false;
        }
        for (LibraryId library : now.heads().keySet()) {
            long known = marks.guard().heads().getOrDefault(library, 0L);
            pages.contents(library, known, page -> {
                markNamed(page, marks);
                markDeep(page, marks);
            });
        }
        marks.setGuard(now);
        return true;
    }

    private void markNamed(List<ContentRow> page, Marks marks) throws StorageException {
        Set<ChunkId> lists = new HashSet<>();
        for (ContentRow row : page) {
            for (RecipeEntry entry : recipe(row).entries()) {
                marks.markReachable(entry.id());
                if (row.recipe().depth() > 0) {
                    lists.add(entry.id());
                }
            }
        }
        find(lists);
    }

    /** Finds lists that must be there: what is named by one that is lost would be freed otherwise. */
    private Map<ChunkId, StoredChunk> find(Set<ChunkId> lists) throws StorageException {
        Map<ChunkId, StoredChunk> found = storage.chunks(index -> index.find(account, lists));
        for (ChunkId list : lists) {
            if (!found.containsKey(list)) {
                throw new StorageException("The chunk " + list + ", a list of entries, is not in the index", true,
                        null);
            }
        }
        return found;
    }

    private void markBehind(List<IndexedChunk> lists, Marks marks) throws StorageException {
        for (IndexedChunk list : lists) {
            if (marks.isReachable(list.chunk().id())) {
                Set<ChunkId> named = new HashSet<>();
                for (RecipeEntry entry : entries(list.chunk())) {
                    marks.markReachable(entry.id());
                    named.add(entry.id());
                }
                find(list.chunk().level() > 1 ? named : Set.of());
            } else {
                entries(list.chunk()).forEach(entry -> marks.markLeased(entry.id()));
            }
        }
    }

    /** Follows the lists of a few contents down to the pieces. */
    private void markDeep(List<ContentRow> page, Marks marks) throws StorageException {
        int deepest = 0;
        for (ContentRow row : page) {
            deepest = Math.max(deepest, recipe(row).depth());
        }
        Set<ChunkId> lists = new HashSet<>();
        for (int depth = deepest; depth > 0; depth--) {
            for (ContentRow row : page) {
                if (row.recipe().depth() == depth) {
                    row.recipe().entries().forEach(entry -> lists.add(entry.id()));
                }
            }
            Map<ChunkId, StoredChunk> found = find(lists);
            lists.clear();
            for (StoredChunk list : found.values()) {
                for (RecipeEntry entry : entries(list)) {
                    marks.markReachable(entry.id());
                    lists.add(entry.id());
                }
            }
        }
    }

    private List<RecipeEntry> entries(StoredChunk list) throws StorageException {
        Optional<ByteBuffer> raw = reader.readRaw(account, list);
        try {
            return raw.isEmpty() ? List.of() : Recipe.decodeEntries(raw.get());
        } catch (IllegalArgumentException e) {
            throw new DamagedPackException(Stores.spaceOf(account), list.place(), "it is no list of recipe entries");
        }
    }

    private static Recipe recipe(ContentRow row) throws StorageException {
        if (row.recipe() == null) {
            throw new StorageException("The content of version " + row.sequence() + " ('" + row.name()
                    + "') cannot be read from the database", true, null);
        }
        return row.recipe();
    }
}
