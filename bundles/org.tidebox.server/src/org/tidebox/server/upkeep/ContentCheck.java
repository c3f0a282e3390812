package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.server.data.ChunkLevels;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.packs.PackInfo;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Checks that an account's contents are there: every chunk that a version or a list names is in the index with the
 * length and level that it should have, lists can be read, and every place lies within a pack; of each pack one chunk is
 * read. Reading all chunks is the work of {@link Scrubber}.
 */
final class ContentCheck {
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final Account account;
    private final Findings findings;
    private final BrokenChunks broken = new BrokenChunks();
    private long versions;
    private long chunks;
    private long packs;

    ContentCheck(Storage storage, Account account, Findings findings) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.account = account;
        this.findings = findings;
    }

    void run(Instant now) throws StorageException {
        for (Library library : storage.libraries(account.id())) {
            pages.contents(library.id(), 0, page -> checkVersions(library, page));
        }
        int highest = storage.chunks(index -> index.highestLevel(account.id()));
        for (int level = highest; level > 0; level--) {
            int depth = level - 1;
            pages.chunks(account.id(), level, page -> checkLists(page, depth));
        }
        checkPlaces();
        new Affected(storage, account).report(broken, findings, now);
        checkUsed();
    }

    long versions() {
        return versions;
    }

    long chunks() {
        return chunks;
    }

    long packs() {
        return packs;
    }

    private void checkVersions(Library library, List<ContentRow> page) throws StorageException {
        Set<ChunkId> named = new HashSet<>();
        for (ContentRow row : page) {
            versions++;
            if (row.recipe() == null) {
                findings.add(new Finding(account.name(), library.name(), row.name(),
                        "the recipe of version " + row.sequence() + " cannot be read"));
            } else {
                row.recipe().entries().forEach(entry -> named.add(entry.id()));
            }
        }
        Map<ChunkId, StoredChunk> stored = find(named);
        for (ContentRow row : page) {
            if (row.recipe() != null) {
                checkEntries(row.recipe().entries(), row.recipe().depth(), stored);
            }
        }
    }

    private void checkLists(List<IndexedChunk> page, int depth) throws StorageException {
        for (IndexedChunk row : page) {
            try {
                Optional<ByteBuffer> raw = reader.readRaw(account.id(), row.chunk());
                if (raw.isPresent()) {
                    List<RecipeEntry> entries = Recipe.decodeEntries(raw.get());
                    checkEntries(entries, depth, find(entries.stream().map(RecipeEntry::id).toList()));
                }
            } catch (StorageException e) {
                broken.add(row.chunk(), e);
            } catch (IllegalArgumentException e) {
                broken.add(row.chunk().id(), "the list of entries that it holds cannot be read: " + e.getMessage());
            }
        }
    }

    private void checkEntries(List<RecipeEntry> entries, int depth, Map<ChunkId, StoredChunk> stored) {
        for (RecipeEntry entry : entries) {
            StoredChunk chunk = stored.get(entry.id());
            if (chunk == null) {
                broken.add(entry.id(), "it is not in the index");
            } else if (!ChunkLevels.fits(chunk, entry, depth)) {
                broken.add(entry.id(), "it should stand for " + entry.length() + " bytes at level " + depth
                        + ", but the index says " + chunk.contentLength() + " at level " + chunk.level());
            }
        }
    }

    private void checkPlaces() throws StorageException {
        List<PackInfo> listed = storage.use(stores -> stores.packs().list(Stores.spaceOf(account.id())));
        packs = listed.size();
        Map<String, Long> lengths = new HashMap<>();
        listed.forEach(pack -> lengths.put(pack.name(), pack.length()));
        Set<String> read = new HashSet<>();
        pages.chunks(account.id(), page -> {
            for (IndexedChunk row : page) {
                chunks++;
                checkPlace(row, lengths, read);
            }
        });
    }

    /** What seems wrong is read, because packs may have grown since they were listed. */
    private void checkPlace(IndexedChunk row, Map<String, Long> lengths, Set<String> read) {
        StoredChunk chunk = row.chunk();
        long end = chunk.place().offset() + chunk.place().length();
        boolean fits = end <= lengths.getOrDefault(chunk.place().pack(), 0L);
        if (!fits || row.damagedSince() != null || read.add(chunk.place().pack())) {
            try {
                reader.readRaw(account.id(), chunk);
            } catch (StorageException e) {
                broken.add(chunk, e);
            }
        }
    }

    /** Uploads raise the number; only one that stood still while chunks were counted can be compared. */
    private void checkUsed() throws StorageException {
        long before = used();
        long sum = storage.chunks(index -> index.sum(account.id()));
        if (sum != before && used() == before) {
            findings.add(new Finding(account.name(), null, null, "the account is said to use " + before
                    + " bytes, but its chunks take " + sum + "; 'tidebox server check --rebuild' corrects it"));
        }
    }

    private long used() throws StorageException {
        return storage.use(stores -> stores.metadata().accounts().find(account.id())).orElseThrow().used();
    }

    private Map<ChunkId, StoredChunk> find(Collection<ChunkId> ids) throws StorageException {
        return storage.chunks(index -> index.find(account.id(), ids));
    }
}
