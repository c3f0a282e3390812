package org.tidebox.server.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.auth.Enrolment;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.feature.SystemTime;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerData;

/** The server, while the bundle runs. */
@Component(service = TideboxServer.class)
public final class ServerComponent extends TideboxServer {
    /** Puts it together. */
    @Activate
    public ServerComponent(@Reference ServerData data, @Reference AuthenticatorRegistry authenticators,
            @Reference ChunkerRegistry chunkers) {
        super(data, authenticators, chunkers, SystemTime.clock());
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @Override
    public void bindEnrolment(Enrolment added) {
        super.bindEnrolment(added);
    }

    // Here as well, because the component's description is made from this class alone.
    @Override
    public void unbindEnrolment(Enrolment removed) {
        super.unbindEnrolment(removed);
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
