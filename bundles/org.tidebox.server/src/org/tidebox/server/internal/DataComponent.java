package org.tidebox.server.internal;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.storage.provider.StorageRegistry;

/** Opens the data folder while the bundle runs. */
@Component(service = ServerData.class, immediate = true)
public final class DataComponent extends ServerData {
    private final BundleContext context;
    private final SynchronousBundleListener listener = this::bundleChanged;

    /** Begins to open it. */
    @Activate
    public DataComponent(BundleContext context, @Reference ServerLocation location, @Reference StorageRegistry registry,
            @Reference ServerFeatures features, @Reference ServerProcess process) {
        super(location, registry, features, process);
        this.context = context;
        context.addBundleListener(listener);
    }

    @Deactivate
    @Override
    public void close() {
        context.removeBundleListener(listener);
        super.close();
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            openNoMore();
        }
    }
}
