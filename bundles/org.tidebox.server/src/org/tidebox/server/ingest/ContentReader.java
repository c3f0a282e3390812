package org.tidebox.server.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.delta.RecipeReader;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Puts contents together from their chunks, for those who want bytes and not chunks. Holds one chunk in memory, and one list
 * of entries for each level of the recipe; what lies outside the wanted range is not read. Thread-safe.
 */
public final class ContentReader {
    private final ServerData data;
    private final Budget budget;
    private final Sessions sessions;
    private final ServedChunks chunks;

    /** Reads what the given transfers have taken in. */
    public ContentReader(ServerData data, Budget budget, Sessions sessions, Transfers transfers) {
        this.data = data;
        this.budget = budget;
        this.sessions = sessions;
        this.chunks = transfers.served();
    }

    /**
     * Writes a part of a content. The first chunk is read before anything is written.
     *
     * @param from the first byte that is wanted, at most the content's length
     * @param length how many bytes are wanted; no more than there are come
     * @throws ProblemException if a chunk is damaged or not there, or whoever reads was cut off
     */
    public void read(Session session, Recipe recipe, long from, long length, OutputStream out)
            throws IOException, ProblemException, StorageException {
        long size = recipe.size();
        if (length == 0) {
            return;
        }
        if (from < 0 || from > size || length < 0) {
            throw new IllegalArgumentException("bytes " + from + " to " + (from + length) + " of " + size);
        }
        int lists = recipe.depth() + 1;
        long footprint = Transfers.footprint(lists * Recipe.MAX_ENTRIES, List.of()) + 3L * EncodedChunk.MAX_LENGTH;
        try (Budget.Claim claim = budget.claim(Payer.of(session), Math.min(footprint, footprint(recipe)))) {
            new Reading(session, from, from + Math.min(length, size - from), Channels.newChannel(out))
                    .run(recipe.entries(), recipe.depth(), 0);
        } catch (CorruptRecipeException e) {
            throw new StorageException(e.getMessage(), true, e);
        }
    }

    /** A small content takes little. */
    private static long footprint(Recipe recipe) {
        return recipe.depth() > 0
                ? Long.MAX_VALUE
                : Transfers.footprint(recipe.entries().size(), List.of()) + 3 * recipe.size();
    }

    private final class Reading {
        private final Session session;
        private final long from;
        private final long to;
        private final WritableByteChannel out;

        Reading(Session session, long from, long to, WritableByteChannel out) {
            this.session = session;
            this.from = from;
            this.to = to;
            this.out = out;
        }

        /** Writes what is wanted of some entries, which begin at a place in the content. */
        void run(List<RecipeEntry> entries, int depth, long begin)
                throws IOException, ProblemException, StorageException, CorruptRecipeException {
            Map<ChunkId, StoredChunk> found = find(entries, begin);
            long at = begin;
            for (RecipeEntry entry : entries) {
                if (isWanted(entry, at)) {
                    sessions.recheck(session);
                    ByteBuffer raw = chunks.readRaw(session.account(), entry.id(), found.get(entry.id()));
                    if (depth > 0) {
                        run(RecipeReader.children(entry, depth, raw), depth - 1, at);
                    } else {
                        write(entry, raw, at);
                    }
                }
                at += entry.length();
            }
        }

        private Map<ChunkId, StoredChunk> find(List<RecipeEntry> entries, long begin) throws StorageException {
            long at = begin;
            Set<ChunkId> ids = new LinkedHashSet<>();
            for (RecipeEntry entry : entries) {
                if (isWanted(entry, at)) {
                    ids.add(entry.id());
                }
                at += entry.length();
            }
            if (ids.isEmpty()) {
                return Map.of();
            }
            // Not for longer: whoever reads slowly must not hold up an exchange of the stores.
            try (Lease<Stores> stores = data.acquire()) {
                return stores.get().metadata().chunks().find(session.account().id(), ids);
            }
        }

        private boolean isWanted(RecipeEntry entry, long at) {
            return at < to && at + entry.length() > from;
        }

        private void write(RecipeEntry entry, ByteBuffer raw, long at) throws IOException, ProblemException {
            if (raw.remaining() != entry.length()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "The content is damaged: chunk " + entry.id()
                        + " has " + raw.remaining() + " bytes, expected " + entry.length());
            }
            int first = (int) Math.max(0, from - at);
            int last = (int) Math.min(raw.remaining(), to - at);
            ByteBuffer part = raw.slice(raw.position() + first, last - first);
            while (part.hasRemaining()) {
                out.write(part);
            }
        }
    }
}
