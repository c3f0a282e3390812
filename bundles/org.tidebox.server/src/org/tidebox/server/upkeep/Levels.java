package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Finds out from the versions what the lists of entries of an account stand for, and which chunks are in use: packs do
 * not tell.
 */
final class Levels {
    private static final PackPlace NOWHERE = new PackPlace("", 0, 0);
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final long account;

    Levels(Storage storage, long account) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.account = account;
    }

    void restore() throws StorageException {
        for (Library library : storage.libraries(account)) {
            pages.contents(library.id(), 0, this::fromVersions);
        }
        for (int level = Recipe.MAX_DEPTH; level > 0; level--) {
            int depth = level - 1;
            pages.chunks(account, level, page -> fromLists(page, depth));
        }
    }

    private void fromVersions(List<ContentRow> page) throws StorageException {
        for (ContentRow row : page) {
            if (row.recipe() != null) {
                set(row.recipe().entries(), row.recipe().depth());
            }
        }
    }

    private void fromLists(List<IndexedChunk> page, int depth) throws StorageException {
        for (IndexedChunk list : page) {
            try {
                Optional<ByteBuffer> raw = reader.readRaw(account, list.chunk());
                if (raw.isPresent()) {
                    set(Recipe.decodeEntries(raw.get()), depth);
                }
            } catch (IllegalArgumentException e) {
                throw new StorageException("Chunk " + list.chunk().id()
                        + " should be a list of recipe entries, but is none: " + e.getMessage(), true, e);
            }
        }
    }

    private void set(List<RecipeEntry> entries, int depth) throws StorageException {
        List<ChunkId> used = entries.stream().map(RecipeEntry::id).toList();
        List<StoredChunk> lists = new ArrayList<>();
        if (depth > 0) {
            entries.forEach(entry -> lists.add(new StoredChunk(entry.id(), NOWHERE, 0, depth, entry.length())));
        }
        storage.chunks(chunks -> {
            chunks.markUsed(account, used);
            chunks.raise(account, lists);
            return null;
        });
    }
}
