package org.tidebox.delta.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;

/** Tracks the chunkers that come and go. */
@Component(service = {ChunkerRegistry.class, FeaturePoint.class})
public final class ChunkerTracker extends ProviderTracker<Chunker> implements ChunkerRegistry {
    /** Makes a tracker that knows no chunker. */
    public ChunkerTracker() {
        super(POINT, Chunker.PROVIDER);
    }

    /** Adds a chunker. Called by the component runtime. */
    @Reference(name = "providers", service = Chunker.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Chunker chunker, Map<String, Object> properties) {
        add(chunker, properties);
    }

    /** Removes a chunker after its present users are done. Called by the component runtime. */
    public void unbind(Chunker chunker) {
        point().remove(chunker);
    }
}
