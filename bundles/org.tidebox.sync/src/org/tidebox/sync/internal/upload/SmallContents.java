package org.tidebox.sync.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.feature.Lease;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Contents that fit into memory well, between the server and memory. Callers check the size before. */
public record SmallContents(Remote remote, LibraryId library, ChunkerRegistry chunkers, RandomGenerator random) {
    /** Reads a content, verified. */
    public byte[] read(Recipe recipe) throws RemoteException {
        try {
            List<RecipeEntry> entries = recipe.entries();
            for (int depth = recipe.depth(); depth > 0; depth--) {
                entries = RecipeReader.expand(entries, depth, fetch(entries)::get);
            }
            Map<ChunkId, ByteBuffer> chunks = fetch(entries);
            ByteArrayOutputStream content = new ByteArrayOutputStream((int) recipe.size());
            entries.forEach(entry -> content.writeBytes(chunks.get(entry.id()).array()));
            return content.toByteArray();
        } catch (CorruptRecipeException e) {
            throw new RemoteException(RemoteException.Reason.REFUSED, "The server sent a damaged content", e);
        }
    }

    /** Stores a content on the server, and returns its recipe; nothing names it yet. */
    public Recipe send(byte[] content) throws RemoteException {
        UploadWindow window = new UploadWindow(CompressionLevel.constant());
        try (Lease<Chunker> chunker = chunkers.acquire()) {
            Recipe recipe = ContentChunks.<RuntimeException>cut(Channels.newChannel(new ByteArrayInputStream(content)),
                    chunker.get().forLength(content.length), window::add);
            window.send(remote, library, random, null, false);
            return recipe;
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    private Map<ChunkId, ByteBuffer> fetch(List<RecipeEntry> entries) throws RemoteException {
        Map<ChunkId, ByteBuffer> found = new HashMap<>();
        ChunkCodec codec = new ChunkCodec();
        List<CorruptChunkException> damaged = new ArrayList<>();
        remote.fetch(library, RecipeReader.ids(entries), chunk -> {
            try {
                ByteBuffer raw = codec.decode(chunk);
                found.put(chunk.id(), ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip());
            } catch (CorruptChunkException e) {
                damaged.add(e);
            }
        });
        if (!damaged.isEmpty()) {
            throw new RemoteException(RemoteException.Reason.REFUSED, "The server sent a damaged content",
                    damaged.getFirst());
        }
        return found;
    }
}
