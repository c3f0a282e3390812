package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.server.ChunkReader;
import org.tidebox.storage.Account;
import org.tidebox.storage.ContentRow;
import org.tidebox.storage.IndexedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.Node;
import org.tidebox.tree.Recipe;

/** Finds the versions that broken chunks belong to: up through the lists, from the lowest level to the highest. */
final class Affected {
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final Account account;

    Affected(Storage storage, Account account) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.account = account;
    }

    /** Reports the chunks, and each version that cannot be made without them. */
    void report(BrokenChunks broken, Findings findings) throws StorageException {
        if (broken.count() == 0) {
            return;
        }
        for (Map.Entry<ChunkId, String> chunk : broken.reasons().entrySet()) {
            findings.add(new Finding(account.name(), null, null, "Chunk " + chunk.getKey() + ": " + chunk.getValue()));
        }
        Set<ChunkId> named = new HashSet<>(broken.reasons().keySet());
        int highest = storage.chunks(chunks -> chunks.highestLevel(account.id()));
        for (int level = 1; level <= highest; level++) {
            pages.chunks(account.id(), level, page -> addListsThatName(named, page));
        }
        for (Library library : storage.libraries(account.id())) {
            Paths paths = new Paths(storage, library.id());
            pages.contents(library.id(), 0, page -> reportVersions(library, page, named, paths, findings));
        }
    }

    private void addListsThatName(Set<ChunkId> named, List<IndexedChunk> page) throws StorageException {
        for (IndexedChunk list : page) {
            if (names(list.chunk(), named)) {
                named.add(list.chunk().id());
            }
        }
    }

    private boolean names(StoredChunk list, Set<ChunkId> named) {
        if (named.contains(list.id())) {
            return true;
        }
        try {
            Optional<ByteBuffer> raw = reader.readRaw(account.id(), list);
            return raw.isPresent() && Recipe.decodeEntries(raw.get()).stream().anyMatch(e -> named.contains(e.id()));
        } catch (StorageException | IllegalArgumentException e) {
            // A list that cannot be read makes the contents behind it unreadable, too.
            return true;
        }
    }

    private void reportVersions(Library library, List<ContentRow> page, Set<ChunkId> named, Paths paths,
            Findings findings) throws StorageException {
        for (ContentRow row : page) {
            boolean affected = row.recipe() != null
                    && row.recipe().entries().stream().anyMatch(entry -> named.contains(entry.id()));
            if (affected) {
                Node current = paths.node(row.node());
                boolean isCurrent = current != null && current.sequence() == row.sequence() && !current.deleted();
                findings.add(new Finding(account.name(), library.name(), paths.of(row.parent(), row.name()),
                        (isCurrent ? "the present content" : "the content of the older version " + row.sequence())
                                + " needs a chunk that is damaged or missing"));
            }
        }
    }
}
