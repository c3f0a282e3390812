package org.tidebox.sync.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.Remote;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.content.KnownLeaves;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.Durability;
import org.tidebox.sync.internal.disk.ExtendedView;
import org.tidebox.sync.internal.disk.FileClock;
import org.tidebox.sync.internal.disk.FileClocks;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.disk.Guard;
import org.tidebox.sync.internal.disk.Rescan;
import org.tidebox.sync.internal.mounts.Mounts;
import org.tidebox.sync.internal.report.Problems;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.scan.Ignored;
import org.tidebox.sync.internal.scan.StayingFolders;
import org.tidebox.sync.internal.trees.LeftNames;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.LibraryId;

/**
 * What the parts of one folder's engine share.
 *
 * @param root the folder
 * @param library the library it is bound to
 * @param device the name of this device
 * @param remote the server
 * @param chunkers cut what is uploaded
 * @param clock tells the time
 * @param random makes ids
 * @param confined the one way to change what lies below the root
 * @param disk the file system of the root
 * @param fileClocks give times there
 * @param mounts the file systems mounted inside it
 * @param extended the extended attributes of entries there
 * @param trees the three trees at work
 * @param paths where nodes lie
 * @param guard checks before each change of the disk
 * @param durability makes changes of the disk last
 * @param problems what does not work
 * @param progress what is shown
 * @param stop asks to end
 * @param threads runs what goes on beside
 * @param ignored what is no candidate at all
 * @param staying folders that stay here alone
 * @param leaves the lists of recipe entries that came by lately
 * @param left names that files have left
 * @param rescan where the disk was found changed
 */
public record Context(Path root, LibraryId library, String device, Remote remote, ChunkerRegistry chunkers,
        InstantSource clock,
        RandomGenerator random, ConfinedRoot confined, Disk disk, FileClocks fileClocks, Mounts mounts,
        ExtendedView extended, Trees trees,
        LocalPaths paths,
        Guard guard,
        Durability durability,
        Problems problems,
        Progress progress, Stop stop, Threads threads, Ignored ignored, StayingFolders staying,
        KnownLeaves leaves, LeftNames left, Rescan rescan) {

    /**
     * Makes the shared parts.
     *
     * @param keepsExtended whether extended attributes are kept
     */
    public static Context of(Path root, LibraryId library, String device, Remote remote, ChunkerRegistry chunkers,
            InstantSource clock,
            RandomGenerator random, Trees trees, Progress progress, Problems problems, Threads threads,
            boolean keepsExtended) {
        ConfinedRoot confined = new ConfinedRoot(root);
        Disk disk = new Disk(confined);
        Stop stop = new Stop(threads);
        LocalPaths paths = new LocalPaths(root, trees);
        Ignored ignored = new Ignored(root, disk);
        Mounts mounts = new Mounts(confined, disk, trees, paths, random);
        return new Context(root, library, device, remote, chunkers, clock, random, confined, disk,
                new FileClocks(mounts, top -> new FileClock(FolderMarker.temporary(top), confined, disk, clock, stop)),
                mounts, new ExtendedView(confined, keepsExtended, problems), trees, paths,
                new Guard(confined, disk, mounts), new Durability(confined, mounts), problems, progress, stop, threads,
                ignored, new StayingFolders(disk, trees, paths, ignored), new KnownLeaves(),
                new LeftNames(clock),
                new Rescan());
    }

    /** Ignores from the next scan on what a provider says. */
    public void ignore(IgnoreProvider provider, String defaults) {
        ignored.use(provider, defaults);
    }
}
