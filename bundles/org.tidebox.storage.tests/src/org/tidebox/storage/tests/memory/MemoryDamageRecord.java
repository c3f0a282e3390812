package org.tidebox.storage.tests.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.DamageRecord;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.chunks.WantedContent;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** What is known of damage, in memory. */
final class MemoryDamageRecord implements DamageRecord {
    private final MemoryChunks chunks;
    private final MemoryJournal journal;
    private final Map<Long, Set<WantedContent>> wanted = new HashMap<>();

    MemoryDamageRecord(MemoryChunks chunks, MemoryJournal journal) {
        this.chunks = chunks;
        this.journal = journal;
    }

    @Override
    public int mark(long account, Collection<StoredChunk> damaged, Instant since) {
        synchronized (chunks) {
            int[] marked = {0};
            for (StoredChunk chunk : damaged) {
                chunks.change(account, List.of(chunk.id()), row -> {
                    if (!isAt(row, chunk) || row.damagedSince() != null) {
                        return row;
                    }
                    marked[0]++;
                    return new IndexedChunk(row.chunk(), row.unusedSince(), since);
                });
            }
            return marked[0];
        }
    }

    @Override
    public void clear(long account, Collection<StoredChunk> whole) {
        synchronized (chunks) {
            for (StoredChunk chunk : whole) {
                chunks.change(account, List.of(chunk.id()), row -> isAt(row, chunk)
                        ? new IndexedChunk(row.chunk(), row.unusedSince(), null)
                        : row);
            }
        }
    }

    @Override
    public synchronized void want(long account, Collection<WantedContent> contents) {
        wanted.computeIfAbsent(account, key -> new LinkedHashSet<>()).addAll(contents);
    }

    @Override
    public synchronized Map<LibraryId, List<NodeId>> wanted(long account) throws StorageException {
        Map<LibraryId, List<NodeId>> found = new HashMap<>();
        for (WantedContent one : wanted.getOrDefault(account, Set.of())) {
            Node now = journal.content(one.library()).current.get(one.node());
            boolean current = now != null && !now.deleted() && now.sequence() == one.sequence();
            if (current && isMissing(account, one)) {
                List<NodeId> nodes = found.computeIfAbsent(one.library(), key -> new ArrayList<>());
                if (!nodes.contains(one.node())) {
                    nodes.add(one.node());
                }
            }
        }
        return found;
    }

    private boolean isMissing(long account, WantedContent one) {
        synchronized (chunks) {
            return chunks.find(account, List.of(one.chunk()), MemoryChunkIndex::isSound).isEmpty();
        }
    }

    private static boolean isAt(IndexedChunk row, StoredChunk chunk) {
        return row.chunk().place().equals(chunk.place());
    }
}
