package org.tidebox.agent.internal.host;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;

/** The interfaces that other bundles want to have served beside the agent's own, as they come and go. */
@Component(service = ControlApis.class)
public final class ControlApis {
    private static final Logger LOG = LoggerFactory.getLogger(ControlApis.class);
    private final List<ControlApi<?>> apis = new ArrayList<>();
    private final List<ControlServer> servers = new ArrayList<>();

    /** An interface appeared. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public synchronized void bind(ControlApi<?> api) {
        apis.add(api);
        servers.forEach(server -> serve(server, api));
    }

    /** An interface goes. */
    public synchronized void unbind(ControlApi<?> api) {
        apis.remove(api);
        servers.forEach(server -> server.withdraw(api));
    }

    /** Serves all on a socket from now on. */
    synchronized void serveOn(ControlServer server) {
        servers.add(server);
        apis.forEach(api -> serve(server, api));
    }

    /** A socket is served no longer. */
    synchronized void forget(ControlServer server) {
        servers.remove(server);
    }

    private static void serve(ControlServer server, ControlApi<?> api) {
        try {
            server.serve(api);
        } catch (IllegalArgumentException e) {
            LOG.error("{} of {} is not served: {}", api.type().getName(), api.target().getClass().getName(),
                    e.getMessage());
        }
    }
}
