package org.tidebox.watch.nio;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.nio.internal.NioWatches;
import org.tidebox.watch.nio.internal.Registrations;

/** Watches by the notifications of the operating system: at once, and at no cost while nothing happens. */
@Component(property = {Watcher.PROVIDER + "=" + NioWatcher.NAME, "service.ranking:Integer=10"})
public final class NioWatcher implements Watcher {
    /** The name of this provider. */
    public static final String NAME = "nio";

    private static final Duration ROOT_CHECK = Duration.ofSeconds(5);

    private final NioWatches watches;

    /** Makes a watcher that registers folders in the best way this system has. */
    @Activate
    public NioWatcher() {
        this(Registrations.candidates(), ROOT_CHECK);
    }

    /**
     * Makes a watcher with given registrations.
     *
     * @param registrations the ones to try, best first
     * @param rootCheck how often an idle watch looks whether its root is still there
     */
    public NioWatcher(List<Registration> registrations, Duration rootCheck) {
        this.watches = new NioWatches(registrations, rootCheck);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Watch watch(Path root, Predicate<Path> ignored, WatchListener listener) throws WatchException {
        return watches.watch(root, ignored, listener);
    }
}
