package org.tidebox.storage.internal;

import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.UnknownFeatureException;

/** What the trackers of both swap points have in common. */
abstract class ProviderTracker<T> implements FeaturePoint {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderTracker.class);

    private final String name;
    private final SwapPoint<T> point;

    ProviderTracker(String name) {
        this.name = name;
        this.point = new SwapPoint<>(name);
    }

    final SwapPoint<T> point() {
        return point;
    }

    /** Adds a provider, unless the given property does not name it. */
    final void add(T provider, ServiceReference<T> reference, String property) {
        if (reference.getProperty(property) instanceof String provided && !provided.isBlank()) {
            point.add(provided, ranking(reference), provider);
        } else {
            LOG.warn("Bundle {} offers a provider for '{}' without the property '{}' that names it; it is not used",
                    reference.getBundle().getSymbolicName(), name, property);
        }
    }

    @Override
    public final FeatureStatus status() {
        return point.status();
    }

    @Override
    public final void use(String provider) throws UnknownFeatureException {
        point.use(provider);
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
