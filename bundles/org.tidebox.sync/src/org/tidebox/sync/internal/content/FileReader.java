package org.tidebox.sync.internal.content;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidebox.delta.ChunkSink;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.ContentChunks;
import org.tidebox.feature.Lease;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;

/** Reads files of the disk, and cuts them. */
public final class FileReader {
    private static final SyncTotals ONE_READ = new SyncTotals(0, 0, 0, 0, 0, 0, 1);

    private final ConfinedRoot confined;
    private final Disk disk;
    private final FileClocks fileClocks;
    private final Guard guard;
    private final ChunkerRegistry chunkers;
    private final KnownLeaves leaves;
    private final Progress progress;

    public FileReader(FolderDisk here, FolderRemote server, Work work) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.fileClocks = here.fileClocks();
        this.guard = here.guard();
        this.chunkers = server.chunkers();
        this.leaves = server.leaves();
        this.progress = work.progress();
    }

    /**
     * Reads a file.
     *
     * @param like the recipe of a content that is probably like it, or {@code null}
     * @param sink takes the chunks
     * @return the node with its recipe and stamp
     * @throws StaleException if it is not the file that was scanned, or changed while it was read
     */
    public <E extends Exception> LocalNode read(LocalNode node, Path path, Recipe like, ChunkSink<E> sink)
            throws IOException, StaleException, E {
        guard.realFolder(path.getParent());
        DiskStamp stamp = expect(node, path);
        boolean isYoung = fileClocks.of(path.getParent()).isYoung(stamp);
        Recipe recipe = cut(path, like, sink);
        progress.add(ONE_READ);
        expect(node.withStamp(stamp), path);
        return node.withRecipe(recipe).withStamp(isYoung ? stamp.doubtful() : stamp);
    }

    private <E extends Exception> Recipe cut(Path path, Recipe like, ChunkSink<E> sink) throws IOException, E {
        try (Lease<Chunker> chunker = chunkers.acquire();
                SeekableByteChannel in = confined.at(path, way -> Files.newByteChannel(way,
                        Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            Chunker fitting = chunker.get().forLength(in.size());
            return ContentChunks.cut(in, fitting, pieces(like, fitting), sink);
        }
    }

    private List<RecipeEntry> pieces(Recipe like, Chunker chunker) {
        if (like == null || !like.chunker().equals(chunker.name())) {
            return List.of();
        }
        List<RecipeEntry> pieces = leaves.pieces(like);
        return pieces.subList(0, Math.max(0, pieces.size() - 1));
    }

    private DiskStamp expect(LocalNode node, Path path) throws IOException, StaleException {
        Optional<DiskEntry> entry = disk.look(path);
        if (entry.isEmpty()) {
            throw new StaleException(path.getParent(), path + " is gone");
        }
        if (entry.get().kind() != node.kind() || !node.stamp().mayMatch(entry.get().stamp())) {
            throw StaleException.changed(path);
        }
        return entry.get().stamp();
    }
}
