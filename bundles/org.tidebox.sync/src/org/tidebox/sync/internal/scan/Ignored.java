package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;
import org.tidebox.sync.folder.SmallFile;
import org.tidebox.sync.internal.disk.Disk;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.report.Reasons;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * What in a sync folder is ignored: looks into the ignore files of the folders that a scan comes through. Of one that
 * cannot be read nobody knows what it keeps back, maybe a secret: so nothing new in its folder is a candidate then.
 */
public final class Ignored {
    /** How large one may be. Each name is compared with all of it, and ignore files come from other devices, too. */
    static final int MOST_BYTES = 64 * 1024;
    /** How large all may be together that count in one folder. */
    private static final int MOST_BYTES_TOGETHER = 4 * MOST_BYTES;
    private static final int REMEMBERED = 1_000;

    /** What the device's owner, or a provider, decided for all folders. */
    private record Source(IgnoreProvider provider, String defaults) {
    }

    /**
     * What counts in a folder.
     *
     * @param scope what is ignored
     * @param bytes how large the files are together that say so
     * @param problem what is wrong with the folder's own file; {@code null} if nothing is
     */
    record Verdict(IgnoreScope scope, int bytes, Obstacle problem) {
        private static final Verdict NOTHING = new Verdict(IgnoreScope.NOTHING, 0, null);
    }

    private final Path root;
    private final Disk disk;
    /** Ignore files as they were when they were last looked at. */
    private final Map<Path, DiskStamp> files = new HashMap<>();
    /** A scan goes depth first, so it needs the folders above the present one and no more. */
    private final Map<Path, Verdict> verdicts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Verdict> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final AtomicBoolean usedAnew = new AtomicBoolean();
    private volatile Source source;

    public Ignored(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Ignores from the next scan on what a provider says. */
    public void use(IgnoreProvider provider, String defaults) {
        source = new Source(provider, defaults);
        usedAnew.set(true);
    }

    /**
     * Forgets what was read: a scan begins.
     *
     * @return whether something else is ignored now, so that folders in which nothing changed have to be looked at, too
     */
    boolean forget() {
        verdicts.clear();
        return usedAnew.getAndSet(false);
    }

    /**
     * Remembers the ignore file of a folder as it is now.
     *
     * @param file its stamp, a doubtful one if it is young; {@code null} if there is none
     * @return whether it has changed, so that all in the folder has to be looked at
     */
    boolean hasChanged(Path folder, DiskStamp file) {
        DiskStamp before = file == null ? files.remove(folder) : files.put(folder, file);
        boolean changed = file == null ? before != null : before == null || !before.matches(file);
        if (changed) {
            verdicts.clear();
        }
        return changed;
    }

    /**
     * Returns what is ignored in a folder.
     *
     * @param file what there is under the name of an ignore file; {@code null} if there is nothing
     */
    Verdict in(Path folder, DiskEntry file) {
        Source now = source;
        if (now == null) {
            return Verdict.NOTHING;
        }
        Verdict verdict = verdicts.get(folder);
        if (verdict == null) {
            Verdict above = folder.equals(root) ? null : above(folder.getParent());
            verdict = verdict(now, folder, file, above);
            verdicts.put(folder, verdict);
        }
        return verdict;
    }

    private Verdict above(Path folder) {
        Verdict known = verdicts.get(folder);
        if (known != null) {
            return known;
        }
        try {
            return in(folder, disk.look(folder.resolve(IgnoreProvider.FILE)).orElse(null));
        } catch (IOException e) {
            return new Verdict(IgnoreScope.EVERYTHING, 0, null);
        }
    }

    private Verdict verdict(Source now, Path folder, DiskEntry file, Verdict above) {
        Path path = folder.resolve(IgnoreProvider.FILE);
        String own = "";
        Obstacle problem = null;
        int bytes = above == null ? 0 : above.bytes;
        try {
            if (file == null || file.kind() == NodeKind.FILE) {
                own = file == null ? "" : read(path);
            } else {
                problem = new Obstacle.IgnoreNoFile(file.kind() == NodeKind.LINK);
                requireNoPatterns(path, file);
            }
            bytes += own.length();
            if (bytes > MOST_BYTES_TOGETHER) {
                throw new ObstacleException(new Obstacle.TooLargeTogether(MOST_BYTES_TOGETHER));
            }
        } catch (IOException e) {
            return new Verdict(IgnoreScope.EVERYTHING, bytes, new Obstacle.IgnoreUnusable(Reasons.of(e)));
        }
        IgnoreScope scope = above == null
                ? now.provider().root(now.defaults(), own)
                : above.scope.enter(NodeName.normalize(folder.getFileName().toString()), own);
        return new Verdict(scope, bytes, problem);
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(SmallFile.read(file, MOST_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /**
     * Who puts a link to a file there, or to one that is away just now, means its patterns. A folder, a link to one or
     * to a device, and one that leads round in a circle hold none.
     */
    private static void requireNoPatterns(Path path, DiskEntry file) throws IOException {
        if (file.kind() != NodeKind.LINK) {
            return;
        }
        boolean isMeant;
        try {
            isMeant = Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException e) {
            isMeant = true;
        } catch (FileSystemException e) {
            isMeant = e.getReason() == null || !e.getReason().contains("Too many");
        }
        if (isMeant) {
            throw new ObstacleException(new Obstacle.LinkNotFollowed());
        }
    }
}
