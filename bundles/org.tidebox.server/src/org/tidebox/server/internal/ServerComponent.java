package org.tidebox.server.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.feature.SystemTime;
import org.tidebox.server.ServerData;
import org.tidebox.server.TideboxServer;

/** The server, while the bundle runs. */
@Component(service = TideboxServer.class)
public final class ServerComponent extends TideboxServer {
    /** Puts it together. */
    @Activate
    public ServerComponent(@Reference ServerData data, @Reference AuthenticatorRegistry authenticators) {
        super(data, authenticators, SystemTime.clock());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
