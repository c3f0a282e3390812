package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.Platform;
import org.tidebox.agent.internal.folders.SyncEngines;
import org.tidebox.agent.session.AgentStarter;
import org.tidebox.sync.device.TreeStoreException;

/** Agents that live in this process: what a window or an IDE opens its session with. */
@Component(service = {AgentStarter.class, LocalAgents.class})
public final class LocalAgents implements AgentStarter {
    private final AgentServices services;
    private final FeaturePoints features;
    private final ControlApis apis;
    private final Set<AgentProcess> open = ConcurrentHashMap.newKeySet();

    /** Gets what agents are put together from. */
    @Activate
    public LocalAgents(@Reference AgentServices services, @Reference FeaturePoints features,
            @Reference ControlApis apis) {
        this.services = services;
        this.features = features;
        this.apis = apis;
    }

    /** Ends all that are left. */
    @Deactivate
    public void deactivate() {
        open.forEach(this::close);
    }

    @Override
    public Started start(Home home) throws HomeLockedException, AgentException {
        try {
            AgentProcess[] process = new AgentProcess[1];
            // On a thread of its own, since the one that asks for the end may have to be waited for.
            process[0] = open(home, false, () -> Thread.ofPlatform().name("agent-end").start(() -> close(process[0])));
            return () -> close(process[0]);
        } catch (TreeStoreException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (IOException e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }

    /** Opens an agent; {@code end} is run when somebody asks for its end. */
    AgentProcess open(Home home, boolean ending, Runnable end)
            throws IOException, HomeLockedException, TreeStoreException {
        AgentProcess process = AgentProcess.open(home, ending,
                new AgentProcess.Parts(services, features.live(), apis, new SyncEngines(services.chunkers()),
                        Platform.current().userHome(), DeviceName.of(System.getenv())),
                end);
        open.add(process);
        return process;
    }

    private void close(AgentProcess process) {
        process.close();
        open.remove(process);
    }
}
