package org.tidebox.sync.internal.trees;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.tree.NodeId;

/**
 * Names that files have left for another one in the same folder a moment ago. Programs save by giving the old file
 * another name and then the new one its name; where the folder was looked at in between, this tells that the new one is
 * the old one, saved. Not thread-safe.
 */
public final class LeftNames {
    /** So long it takes to save at most. */
    public static final Duration MOMENT = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<Place, Left> names = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Left> eldest) {
            return size() > MOST;
        }
    };

    private record Left(NodeId id, DiskStamp stamp, Instant when) {
    }

    public LeftNames(InstantSource clock) {
        this.clock = clock;
    }

    /** A file has left a name. */
    public void note(Place place, LocalNode file) {
        names.put(place, new Left(file.id(), file.stamp(), clock.instant()));
    }

    /** Returns the file that left a name a moment ago. */
    public Optional<NodeId> by(Place place) {
        Left left = names.get(place);
        if (left != null && Duration.between(left.when, clock.instant()).abs().compareTo(MOMENT) > 0) {
            names.remove(place);
            return Optional.empty();
        }
        return Optional.ofNullable(left).map(Left::id);
    }

    /** Returns whether a file is as it was when it left a name; who goes on working on it under the new one keeps it. */
    public boolean isUnchanged(Place place, LocalNode file, DiskEntry now) {
        Left left = names.get(place);
        return left != null && left.stamp.sameContent(file.stamp())
                && (now == null || left.stamp.sameContent(now.stamp()));
    }
}
