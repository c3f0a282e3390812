package org.tidebox.watch.polling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.tidebox.feature.SystemTime;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.polling.internal.FolderReader;
import org.tidebox.watch.polling.internal.PollingWatch;

/**
 * Watches by comparing the tree with what it was at the last look. Works on every file system; sees a change at the
 * next look.
 */
@Component(property = {Watcher.PROVIDER + "=" + PollingWatcher.NAME, "service.ranking:Integer=0"})
@Designate(ocd = PollingWatcher.Config.class)
public final class PollingWatcher implements Watcher {
    /** The name of this provider. */
    public static final String NAME = "polling";

    /** What can be configured. */
    @ObjectClassDefinition(name = "Tidebox watcher by polling")
    public @interface Config {
        /** The shortest time from one look to the next. */
        @AttributeDefinition(name = "Interval",
                description = "Shortest time between two looks at a tree, in milliseconds", min = "10")
        int interval_millis() default 2000;
    }

    private final Duration interval;
    private final InstantSource clock;

    /** Makes a watcher as configured. */
    @Activate
    public PollingWatcher(Config config) {
        this(Duration.ofMillis(Math.max(10, config.interval_millis())), SystemTime.clock());
    }

    /**
     * Makes a watcher.
     *
     * @param interval the shortest time from one look to the next; a large tree is looked at less often
     * @param clock tells how young a file's time stamp is
     */
    public PollingWatcher(Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Watch watch(Path root, Predicate<Path> ignored, WatchListener listener) throws WatchException {
        try {
            return PollingWatch.begin(root, new FolderReader(root, ignored, clock), interval, listener);
        } catch (IOException e) {
            throw new WatchException(WatchException.Reason.IO, root, "Watching " + root + " failed: " + e.getMessage(),
                    e);
        }
    }
}
