package org.tidebox.rules.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreRegistry;

/** Tracks the readers of ignore files that come and go. */
@Component(service = {IgnoreRegistry.class, FeaturePoint.class})
public final class IgnoreTracker extends ProviderTracker<IgnoreProvider> implements IgnoreRegistry {
    /** Makes a tracker that knows no reader. */
    public IgnoreTracker() {
        super(POINT, IgnoreProvider.PROVIDER);
    }

    /** Adds a reader. Called by the component runtime. */
    @Reference(name = "providers", service = IgnoreProvider.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(IgnoreProvider reader, Map<String, Object> properties) {
        add(reader, properties);
    }

    /** Removes a reader after its present users are done. Called by the component runtime. */
    public void unbind(IgnoreProvider reader) {
        point().remove(reader);
    }
}
