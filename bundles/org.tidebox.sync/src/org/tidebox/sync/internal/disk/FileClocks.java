package org.tidebox.sync.internal.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The clocks of the file systems of a sync folder: each that is mounted inside it has its own. Not thread-safe. */
public final class FileClocks {
    private final MountPoints mounts;
    private final Function<Path, FileClock> maker;
    private final Map<Path, FileClock> clocks = new HashMap<>();

    /**
     * Begins without any clock.
     *
     * @param maker makes the clock of the file system with a given top
     */
    public FileClocks(MountPoints mounts, Function<Path, FileClock> maker) {
        this.mounts = mounts;
        this.maker = maker;
    }

    /** Returns the clock of the file system that a folder lies on. */
    public FileClock of(Path folder) {
        return clocks.computeIfAbsent(mounts.top(folder), maker);
    }

    /** Forgets what time it is; a run begins, and another file system may be mounted somewhere. */
    public void forget() {
        clocks.keySet().retainAll(Set.of(mounts.root()));
        clocks.values().forEach(FileClock::forget);
    }

    /** Returns how coarse the coarsest clock that was asked is, as far as is known. */
    public Duration longest() {
        of(mounts.root());
        return clocks.values().stream().map(clock -> clock.resolution().longest()).max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
