package org.tidebox.storage.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.StorageRegistry;

/** Tracks the providers of metadata that come and go. */
@Component(service = {MetadataTracker.class, FeaturePoint.class})
public final class MetadataTracker extends ProviderTracker<MetadataStoreProvider> {
    /** Makes a tracker that knows no provider. */
    public MetadataTracker() {
        super(StorageRegistry.METADATA, MetadataStoreProvider.PROVIDER);
    }

    /** Adds a provider. Called by the component runtime. */
    @Reference(name = "providers", service = MetadataStoreProvider.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(MetadataStoreProvider provider, Map<String, Object> properties) {
        add(provider, properties);
    }

    /** Removes a provider after its present users are done. Called by the component runtime. */
    public void unbind(MetadataStoreProvider provider) {
        point().remove(provider);
    }
}
