package org.tidebox.watch.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.Lease;
import org.tidebox.feature.ProviderTracker;
import org.tidebox.feature.SwapPoint;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;

/** Keeps the swap point of watchers in step with the services that come and go. */
@Component(service = {WatcherRegistry.class, FeaturePoint.class})
public final class WatcherTracker extends ProviderTracker<Watcher> implements WatcherRegistry {
    /** One swap point per provider name, so that a fallback is leased like the watcher in use. */
    private final Map<String, SwapPoint<Watcher>> byName = new ConcurrentHashMap<>();

    /** Makes a tracker that knows no watcher. */
    public WatcherTracker() {
        super(POINT, Watcher.PROVIDER);
    }

    /** Adds a watcher. Called by the component runtime. */
    @Reference(name = "providers", service = Watcher.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Watcher watcher, Map<String, Object> properties) {
        add(watcher, properties);
    }

    /** Removes a watcher after its present users are done. Called by the component runtime. */
    public void unbind(Watcher watcher) {
        point().remove(watcher);
        byName.values().forEach(named -> named.remove(watcher));
    }

    @Override
    protected void add(String name, int ranking, Watcher watcher) {
        byName.computeIfAbsent(name, SwapPoint::new).add(name, ranking, watcher);
        super.add(name, ranking, watcher);
    }

    @Override
    public Optional<Lease<Watcher>> acquireOther(String failed) {
        return point().status().providers().stream().filter(name -> !name.equals(failed)).findFirst()
                .map(name -> byName.get(name).acquire());
    }
}
