package org.tidebox.storage.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageRegistry;

/** Tracks the providers of packs that come and go. */
@Component(service = {PackTracker.class, FeaturePoint.class})
public final class PackTracker extends ProviderTracker<PackStoreProvider> {
    /** Makes a tracker that knows no provider. */
    public PackTracker() {
        super(StorageRegistry.PACKS, PackStoreProvider.PROVIDER);
    }

    /** Adds a provider. Called by the component runtime. */
    @Reference(name = "providers", service = PackStoreProvider.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(PackStoreProvider provider, Map<String, Object> properties) {
        add(provider, properties);
    }

    /** Removes a provider after its present users are done. Called by the component runtime. */
    public void unbind(PackStoreProvider provider) {
        point().remove(provider);
    }
}
