package org.tidebox.rules.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeDetectorRegistry;

/** Tracks the detectors of types that come and go. */
@Component(service = {TypeDetectorRegistry.class, FeaturePoint.class})
public final class TypeDetectorTracker extends ProviderTracker<TypeDetector> implements TypeDetectorRegistry {
    /** Makes a tracker that knows no detector. */
    public TypeDetectorTracker() {
        super(POINT, TypeDetector.PROVIDER);
    }

    /** Adds a detector. Called by the component runtime. */
    @Reference(name = "providers", service = TypeDetector.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(TypeDetector detector, Map<String, Object> properties) {
        add(detector, properties);
    }

    /** Removes a detector after its present users are done. Called by the component runtime. */
    public void unbind(TypeDetector detector) {
        point().remove(detector);
    }
}
