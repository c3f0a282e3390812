package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.feature.Lease;
import org.tidebox.sync.DiskStamp;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.SyncTotals;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Reads files of the disk, and cuts them. */
final class FileReader {
    private static final SyncTotals ONE_READ = new SyncTotals(0, 0, 0, 0, 0, 0, 1);
    /** Clocks of file systems tick this coarsely at most: a later edit may leave the same time. */
    static final Duration TICK = Duration.ofMillis(20);
    private static final long COARSE_TICK = Duration.ofSeconds(2).toNanos();

    private final Context context;

    FileReader(Context context) {
        this.context = context;
    }

    /**
     * Reads a file.
     *
     * @param like the recipe of a content that is probably like it, or {@code null}
     * @param sink takes the chunks
     * @return the node with its recipe and stamp
     * @throws StaleException if it is not the file that was scanned, or changed while it was read
     */
    <E extends Exception> LocalNode read(LocalNode node, Path path, Recipe like, ChunkSink<E> sink)
            throws IOException, StaleException, E {
        context.guard().realFolder(path.getParent());
        expect(node, path);
        Instant began = context.clock().instant();
        Recipe recipe = cut(path, like, sink);
        context.progress().add(ONE_READ);
        DiskStamp stamp = expect(node, path);
        return node.withRecipe(recipe).withStamp(isYoung(stamp, began) ? stamp.young() : stamp);
    }

    private <E extends Exception> Recipe cut(Path path, Recipe like, ChunkSink<E> sink) throws IOException, E {
        try (Lease<Chunker> chunker = context.chunkers().acquire();
                SeekableByteChannel in = Files.newByteChannel(path,
                        Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            Chunker fitting = chunker.get().forLength(in.size());
            return ContentChunks.cut(in, fitting, pieces(like, fitting), sink);
        }
    }

    private List<RecipeEntry> pieces(Recipe like, Chunker chunker) {
        if (like == null || !like.chunker().equals(chunker.name())) {
            return List.of();
        }
        List<RecipeEntry> pieces = context.leaves().pieces(like);
        return pieces.subList(0, Math.max(0, pieces.size() - 1));
    }

    private DiskStamp expect(LocalNode node, Path path) throws IOException, StaleException {
        Optional<DiskEntry> entry = context.disk().look(path);
        if (entry.isEmpty() || entry.get().kind() != node.kind() || !isSame(entry.get().stamp(), node.stamp())) {
            throw new StaleException(path.getParent(), path + " changed");
        }
        return entry.get().stamp();
    }

    private static boolean isSame(DiskStamp now, DiskStamp scanned) {
        return now.equals(scanned.ctime() < 0
                ? new DiskStamp(scanned.size(), scanned.mtime(), now.ctime(), scanned.mode(), scanned.key())
                : scanned);
    }

    /** A file modified within the clock's tick may be modified again without a trace (git calls this racily clean). */
    private static boolean isYoung(DiskStamp stamp, Instant now) {
        long time = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        long changed = Math.max(stamp.mtime(), stamp.ctime());
        boolean coarse = stamp.ctime() == 0 && stamp.mtime() % TimeUnit.SECONDS.toNanos(1) == 0;
        long tick = coarse ? COARSE_TICK : TICK.toNanos();
        return changed >= time - tick && changed <= time + COARSE_TICK;
    }
}
