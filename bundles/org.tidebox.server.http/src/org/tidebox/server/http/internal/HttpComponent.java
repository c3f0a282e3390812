package org.tidebox.server.http.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.crypto.NativeCrypto;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.http.HttpService;
import org.tidebox.server.http.Router;

/** Serves while the bundle runs. */
@Component(service = {}, immediate = true, reference = @Reference(name = "crypto", service = NativeCrypto.class))
public final class HttpComponent {
    private final HttpService service;
    private final BundleContext context;
    private final SynchronousBundleListener listener = this::bundleChanged;

    /** Begins to serve. */
    @Activate
    public HttpComponent(BundleContext context, @Reference TideboxServer server, @Reference Router router,
            @Reference ServerProcess process) {
        this.context = context;
        this.service = new HttpService(server, router, process);
        context.addBundleListener(listener);
    }

    /** Ends serving. */
    @Deactivate
    public void deactivate() {
        context.removeBundleListener(listener);
        service.close();
    }

    /** When the whole framework stops, requests must end before any bundle that they need does. */
    private void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.STOPPING && bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            service.close();
        }
    }
}
