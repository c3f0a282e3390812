package org.tidebox.agent.internal.host;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.agent.internal.rules.RuleServices;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.ServerConnector;
import org.tidebox.sync.device.ClientDatabaseProvider;
import org.tidebox.watch.WatcherRegistry;

/**
 * The parts that an agent is put together from. In OSGi they are services.
 *
 * @param databases opens the device's database
 * @param connector knows the way to servers
 * @param watchers sees changes in folders
 * @param chunkers cuts contents
 * @param rules what rules need
 */
@Component(service = AgentServices.class)
public record AgentServices(ClientDatabaseProvider databases, ServerConnector connector, WatcherRegistry watchers,
        ChunkerRegistry chunkers, RuleServices rules) {
    /** Gets the services. */
    @Activate
    public AgentServices(@Reference ClientDatabaseProvider databases, @Reference ServerConnector connector,
            @Reference WatcherRegistry watchers, @Reference ChunkerRegistry chunkers,
            @Reference RuleServices rules) {
        this.databases = databases;
        this.connector = connector;
        this.watchers = watchers;
        this.chunkers = chunkers;
        this.rules = rules;
    }
}
