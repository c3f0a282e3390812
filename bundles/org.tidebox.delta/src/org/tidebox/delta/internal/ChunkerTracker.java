package org.tidebox.delta.internal;

import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.UnknownFeatureException;

/** Tracks the chunkers that come and go. */
@Component(service = {ChunkerRegistry.class, FeaturePoint.class})
public final class ChunkerTracker implements ChunkerRegistry, FeaturePoint {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkerTracker.class);

    private final SwapPoint<Chunker> point = new SwapPoint<>(POINT);

    /** Adds a chunker, unless its properties do not name it. Called by the component runtime. */
    @Reference(name = "providers", service = Chunker.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Chunker chunker, ServiceReference<Chunker> reference) {
        if (reference.getProperty(Chunker.PROVIDER) instanceof String name && !name.isBlank()) {
            point.add(name, ranking(reference), chunker);
        } else {
            LOG.warn("Bundle {} offers a chunker without the property '{}' that names it; it is not used",
                    reference.getBundle().getSymbolicName(), Chunker.PROVIDER);
        }
    }

    /** Removes a chunker after its present users are done. Called by the component runtime. */
    public void unbind(Chunker chunker) {
        point.remove(chunker);
    }

    @Override
    public Lease<Chunker> acquire() {
        return point.acquire();
    }

    @Override
    public FeatureStatus status() {
        return point.status();
    }

    @Override
    public void use(String provider) throws UnknownFeatureException {
        point.use(provider);
    }

    private static int ranking(ServiceReference<Chunker> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
