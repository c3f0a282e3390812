package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;

/** Watchers that see only what the test makes them see, behind a real swap point. */
public final class FakeWatchers implements WatcherRegistry {
    public final SwapPoint<Watcher> point = new SwapPoint<>(POINT);
    private final Map<String, SwapPoint<Watcher>> byName = new ConcurrentHashMap<>();

    /** A watcher under the control of the test. */
    public static final class FakeWatcher implements Watcher {
        final List<WatchListener> listeners = new CopyOnWriteArrayList<>();
        public volatile boolean full;
        volatile Error broken;
        private final String name;

        FakeWatcher(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Watch watch(Path root, Predicate<Path> ignored, WatchListener listener) throws WatchException {
            if (broken != null) {
                throw broken;
            }
            if (full) {
                throw new WatchException(WatchException.Reason.LIMIT_REACHED, root, "no more watches", null);
            }
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    public FakeWatcher add(String name, int ranking) {
        FakeWatcher watcher = new FakeWatcher(name);
        point.add(name, ranking, watcher);
        byName.computeIfAbsent(name, SwapPoint::new).add(name, ranking, watcher);
        return watcher;
    }

    @Override
    public Lease<Watcher> acquire() {
        return point.acquire();
    }

    @Override
    public Optional<Lease<Watcher>> acquireOther(String failed) {
        return byName.entrySet().stream().filter(entry -> !entry.getKey().equals(failed)).findFirst()
                .map(entry -> entry.getValue().acquire());
    }

    @Override
    public void onChange(Runnable listener) {
        point.onChange(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        point.removeListener(listener);
    }
}
