package org.tidebox.sync.internal.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.MountPoints;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.disk.Writable;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.Entries;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * Moves entries to another file system inside the sync folder, which no system does in one step: all is copied beside
 * its place, the copy gets the place, and what was copied goes. What somebody changed meanwhile stays where it was, as
 * an entry of its own.
 */
final class Carrier {
    private static final int BUFFER = 1 << 16;

    private final ConfinedRoot confined;
    private final Disk disk;
    private final FileClocks fileClocks;
    private final ExtendedView extended;
    private final Guard guard;
    private final Durability durability;
    private final MountPoints mounts;
    private final Trees trees;
    private final LocalPaths paths;
    private final Rescan rescan;
    private final Progress progress;
    private final Stop stop;
    private final RandomGenerator random;
    private final Placement placement;
    private final Writable writable;

    Carrier(FolderDisk here, FolderTrees known, Work work, Placement placement) {
        this.confined = here.confined();
        this.disk = here.disk();
        this.fileClocks = here.fileClocks();
        this.extended = here.extended();
        this.guard = here.guard();
        this.durability = here.durability();
        this.mounts = here.mounts();
        this.trees = known.trees();
        this.paths = known.paths();
        this.rescan = known.rescan();
        this.progress = work.progress();
        this.stop = work.stop();
        this.random = work.random();
        this.placement = placement;
        this.writable = new Writable(here.disk());
    }

    /** Returns whether two places are on different file systems. */
    boolean isNeeded(Path from, Path to) {
        return !mounts.top(from.getParent()).equals(mounts.top(to.getParent()));
    }

    /** Moves an entry to a place where nothing is; returns it as it is there. */
    LocalNode move(LocalNode node, Path from, Path to) throws IOException, StaleException, TreeStoreException {
        guard.free(to);
        Path temporary = placement.temporary(to.getParent()).resolve(node.id().toHex());
        Map<Path, Copied> copied = new LinkedHashMap<>();
        try {
            disk.discard(temporary);
            copy(from, temporary, copied);
            if (node.kind() == NodeKind.FILE) {
                placement.create(temporary, to);
            } else {
                guard.free(to);
                writable.in(to.getParent(), () -> confined.move(temporary, to));
            }
        } finally {
            disk.discard(temporary);
        }
        LocalNode moved = arrived(node, copied.get(from), to);
        if (node.kind() == NodeKind.FOLDER) {
            arrived(node.id(), from, to, copied);
        }
        confined.forceNames(to.getParent());
        remove(copied);
        rescan.folder(to.getParent());
        return moved;
    }

    private void copy(Path from, Path to, Map<Path, Copied> copied) throws IOException, StaleException {
        DiskEntry entry = look(from);
        // A folder comes before what lies in it.
        copied.put(from, new Copied(entry, entry.stamp()));
        if (entry.kind() == null) {
            throw new ObstacleException(new Obstacle.NotMovable(paths.display(from)));
        }
        switch (entry.kind()) {
            case LINK -> confined.createLink(to, Files.readSymbolicLink(from));
            case FILE -> copyFile(from, to, entry);
            case FOLDER -> copyFolder(from, to, entry, copied);
        }
        if (!look(from).stamp().equals(entry.stamp())) {
            throw StaleException.changed(from);
        }
        copied.put(from, new Copied(entry, look(to).stamp()));
    }

    private void copyFolder(Path from, Path to, DiskEntry entry, Map<Path, Copied> copied)
            throws IOException, StaleException {
        if (!mounts.top(from).equals(mounts.top(from.getParent()))) {
            throw new ObstacleException(new Obstacle.MountedInside());
        }
        confined.createFolder(to);
        for (String name : disk.names(from)) {
            copy(from.resolve(name), to.resolve(name), copied);
        }
        disk.setMode(to, entry.stamp().mode());
        confined.forceNames(to);
    }

    private void copyFile(Path from, Path to, DiskEntry entry) throws IOException {
        try (SeekableByteChannel in = confined.at(from, Carrier::toRead);
                FileChannel out = confined.create(to)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (in.read(buffer.clear()) >= 0) {
                if (stop.isRequested()) {
                    throw new IOException("the sync folder is being closed");
                }
                progress.step();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            extended.copy(from, to);
            disk.setTime(to, entry.stamp().mtime());
            disk.setMode(to, entry.stamp().mode());
            out.force(true);
        }
    }

    private static SeekableByteChannel toRead(Path way) throws IOException {
        return Files.newByteChannel(way, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Where the content is known to be the same, it need not be read again. */
    private LocalNode arrived(LocalNode node, Copied copied, Path to) throws IOException {
        DiskStamp now = node.stamp().copied(copied.entry().stamp(), copied.copy()).kept(look(to).stamp());
        boolean isYoung = fileClocks.of(to.getParent()).isYoungAsWritten(now);
        return node.withStamp(isYoung ? now.doubtful() : now).withExtended(node.attributes().extended(), null);
    }

    private void arrived(NodeId folder, Path from, Path to, Map<Path, Copied> copied)
            throws IOException, TreeStoreException {
        trees.flush();
        for (LocalNode child : trees.store().children(folder)) {
            Copied before = copied.get(from.resolve(child.diskName()));
            if (before != null && before.entry().kind() == child.kind()) {
                Path there = to.resolve(child.diskName());
                trees.putLocal(arrived(child, before, there));
                if (child.kind() == NodeKind.FOLDER) {
                    arrived(child.id(), from.resolve(child.diskName()), there, copied);
                }
            }
        }
    }

    /** Children come after their folders in what was copied, and must go first. */
    private void remove(Map<Path, Copied> copied) throws TreeStoreException {
        for (Path path : copied.keySet().stream().toList().reversed()) {
            DiskEntry entry = copied.get(path).entry();
            try {
                Optional<LocalNode> node = Entries.create(NodeId.random(random), NodeId.ROOT, entry, path);
                if (node.isPresent()) {
                    placement.remove(node.get().withStamp(entry.stamp()), null, path);
                    durability.touched(path.getParent());
                }
            } catch (StaleException | IOException e) {
                // It stays, and the next look finds it.
                rescan.folder(path.getParent());
            }
        }
    }

    private DiskEntry look(Path path) throws IOException {
        return disk.look(path).orElseThrow(() -> new IOException(path + " is gone"));
    }

    /**
     * An entry that was copied.
     *
     * @param copy the stamp of the copy before anybody else could change that
     */
    private record Copied(DiskEntry entry, DiskStamp copy) {
    }
}
