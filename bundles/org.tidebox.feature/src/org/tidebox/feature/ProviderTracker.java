package org.tidebox.feature;

import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Keeps a swap point in step with the services that come and go: what the component of every registry does. A subclass
 * adds the annotated methods by which the component runtime tells of its kind of service.
 *
 * @param <T> the service
 */
public abstract class ProviderTracker<T> implements FeaturePoint {
    /** The service property by which OSGi ranks services. */
    private static final String RANKING = "service.ranking";

    private final SwapPoint<T> point;
    private final String property;

    /**
     * Makes a tracker that knows no provider.
     *
     * @param point the swap point's name
     * @param property the service property that names a provider
     */
    protected ProviderTracker(String point, String property) {
        this.point = new SwapPoint<>(point);
        this.property = property;
    }

    /** Returns the swap point. */
    protected final SwapPoint<T> point() {
        return point;
    }

    /** Adds a provider by the name and ranking that its service properties give it; one without a name is not used. */
    protected final void add(T provider, Map<String, ?> properties) {
        if (properties.get(property) instanceof String name && !name.isBlank()) {
            add(name, properties.get(RANKING) instanceof Integer ranking ? ranking : 0, provider);
        } else {
            // No field of the logger's type: whoever extends this would need it to compile.
            LoggerFactory.getLogger(ProviderTracker.class).warn(
                    "{} is offered for '{}', but its property '{}' is {}, expected a name; it is not used",
                    provider.getClass().getName(), status().point(), property, properties.get(property));
        }
    }

    /** Adds a provider that has a name. */
    protected void add(String name, int ranking, T provider) {
        point.add(name, ranking, provider);
    }

    /** Leases the provider in use. */
    public final Lease<T> acquire() {
        return point.acquire();
    }

    /** Leases all providers, the one in use first. */
    public final List<Lease<T>> acquireAll() {
        return point.acquireAll();
    }

    /** Calls back after each change of the providers or of the choice; not while any lock is held. */
    public final void onChange(Runnable listener) {
        point.onChange(listener);
    }

    /** Ends what {@link #onChange} began. */
    public final void removeListener(Runnable listener) {
        point.removeListener(listener);
    }

    @Override
    public final FeatureStatus status() {
        return point.status();
    }

    @Override
    public final void use(String provider) throws UnknownFeatureException {
        point.use(provider);
    }
}
