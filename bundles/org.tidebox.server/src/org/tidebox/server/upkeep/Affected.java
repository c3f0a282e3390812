package org.tidebox.server.upkeep;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.server.data.ChunkReader;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.WantedContent;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Library;
import org.tidebox.tree.Node;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/**
 * Finds the versions that broken chunks belong to: up through the lists, from the lowest level to the highest. Those
 * that are present contents are noted, so that devices are asked for them.
 */
final class Affected {
    /** Whoever sends one of the contents with a chunk makes it whole for all of them. */
    private static final int WANTED_PER_CHUNK = 100;
    private final Storage storage;
    private final Pages pages;
    private final ChunkReader reader;
    private final Account account;
    private final Map<ChunkId, Set<ChunkId>> causes = new HashMap<>();
    private final Map<ChunkId, Integer> asked = new HashMap<>();
    private final List<WantedContent> wanted = new ArrayList<>();

    Affected(Storage storage, Account account) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.reader = new ChunkReader(storage.data());
        this.account = account;
    }

    /** Notes the chunks as damaged, and reports them and each version that cannot be made without them. */
    void report(BrokenChunks broken, Findings findings, Instant now) throws StorageException {
        if (broken.count() == 0) {
            return;
        }
        storage.damage(damage -> damage.mark(account.id(), broken.damaged(), now));
        for (Map.Entry<ChunkId, String> chunk : broken.reasons().entrySet()) {
            findings.add(new Finding(account.name(), null, null, "Chunk " + chunk.getKey() + ": " + chunk.getValue()));
            causes.put(chunk.getKey(), Set.of(chunk.getKey()));
        }
        int highest = storage.chunks(chunks -> chunks.highestLevel(account.id()));
        for (int level = 1; level <= highest; level++) {
            pages.chunks(account.id(), level, this::addListsThatName);
        }
        for (Library library : storage.libraries(account.id())) {
            Paths paths = new Paths(storage, library.id());
            pages.contents(library.id(), 0, page -> reportVersions(library, page, paths, findings));
        }
        storage.damage(damage -> {
            damage.want(account.id(), wanted);
            return null;
        });
    }

    private void addListsThatName(List<IndexedChunk> page) {
        for (IndexedChunk list : page) {
            Set<ChunkId> named = brokenIn(list.chunk());
            if (!named.isEmpty()) {
                causes.merge(list.chunk().id(), named, Affected::join);
            }
        }
    }

    private Set<ChunkId> brokenIn(StoredChunk list) {
        try {
            Optional<ByteBuffer> raw = reader.readRaw(account.id(), list);
            return raw.isEmpty() ? Set.of() : brokenAmong(Recipe.decodeEntries(raw.get()));
        } catch (StorageException | IllegalArgumentException e) {
            // A list that cannot be read makes the contents behind it unreadable, too.
            return Set.of(list.id());
        }
    }

    private Set<ChunkId> brokenAmong(List<RecipeEntry> entries) {
        Set<ChunkId> found = new HashSet<>();
        entries.forEach(entry -> found.addAll(causes.getOrDefault(entry.id(), Set.of())));
        return found;
    }

    private void reportVersions(Library library, List<ContentRow> page, Paths paths, Findings findings)
            throws StorageException {
        Map<ContentRow, Set<ChunkId>> affected = new HashMap<>();
        List<ContentRow> rows = new ArrayList<>();
        for (ContentRow row : page) {
            Set<ChunkId> broken = row.recipe() == null ? Set.of() : brokenAmong(row.recipe().entries());
            if (!broken.isEmpty()) {
                affected.put(row, broken);
                rows.add(row);
            }
        }
        paths.load(rows.stream().map(ContentRow::node).toList());
        for (ContentRow row : rows) {
            Node current = paths.node(row.node());
            boolean isCurrent = current != null && current.sequence() == row.sequence() && !current.deleted();
            findings.add(new Finding(account.name(), library.name(), paths.of(row.parent(), row.name()),
                    (isCurrent ? "the present content" : "the content of the older version " + row.sequence())
                            + " needs a chunk that is damaged or missing"));
            if (isCurrent) {
                want(library, row, affected.get(row));
            }
        }
    }

    private void want(Library library, ContentRow row, Set<ChunkId> broken) {
        for (ChunkId chunk : broken) {
            if (asked.merge(chunk, 1, Integer::sum) <= WANTED_PER_CHUNK) {
                wanted.add(new WantedContent(library.id(), row.node(), row.sequence(), chunk));
            }
        }
    }

    private static Set<ChunkId> join(Set<ChunkId> one, Set<ChunkId> other) {
        Set<ChunkId> joined = new HashSet<>(one);
        joined.addAll(other);
        return joined;
    }
}
