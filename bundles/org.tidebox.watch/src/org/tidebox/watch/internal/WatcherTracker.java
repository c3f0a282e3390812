package org.tidebox.watch.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;

/** Keeps the swap point of watchers in step with the services that come and go. */
@Component(service = {WatcherRegistry.class, FeaturePoint.class})
public final class WatcherTracker implements WatcherRegistry, FeaturePoint {
    private static final Logger LOG = LoggerFactory.getLogger(WatcherTracker.class);

    private final SwapPoint<Watcher> point = new SwapPoint<>(POINT);
    /** One swap point per provider name, so that a fallback is leased like the watcher in use. */
    private final Map<String, SwapPoint<Watcher>> byName = new ConcurrentHashMap<>();

    /** A watcher appeared. */
    @Reference(name = "providers", service = Watcher.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Watcher watcher, ServiceReference<Watcher> reference) {
        if (reference.getProperty(Watcher.PROVIDER) instanceof String name && !name.isBlank()) {
            int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0;
            byName.computeIfAbsent(name, SwapPoint::new).add(name, ranking, watcher);
            point.add(name, ranking, watcher);
        } else {
            LOG.warn("Bundle {} offers a watcher whose property '{}' is {}, expected a name; it is not used",
                    reference.getBundle().getSymbolicName(), Watcher.PROVIDER, reference.getProperty(Watcher.PROVIDER));
        }
    }

    /** A watcher goes; returns when its users have let go of it. */
    public void unbind(Watcher watcher) {
        point.remove(watcher);
        byName.values().forEach(named -> named.remove(watcher));
    }

    @Override
    public Lease<Watcher> acquire() {
        return point.acquire();
    }

    @Override
    public Optional<Lease<Watcher>> acquireOther(String failed) {
        return point.status().providers().stream().filter(name -> !name.equals(failed)).findFirst()
                .map(name -> byName.get(name).acquire());
    }

    @Override
    public void onChange(Runnable listener) {
        point.onChange(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        point.removeListener(listener);
    }

    @Override
    public FeatureStatus status() {
        return point.status();
    }

    @Override
    public void use(String provider) throws UnknownFeatureException {
        point.use(provider);
    }
}
