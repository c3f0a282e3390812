package org.tidebox.agent.internal.host;

import java.nio.file.Path;
import org.tidebox.agent.Agent;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.Home;
import org.tidebox.agent.Platform;
import org.tidebox.agent.internal.folders.SyncEngines;

/** A whole agent on the services of the framework, put together as the product does it. */
final class FrameworkDevice implements AutoCloseable {
    final Agent agent;
    private final AgentProcess process;

    FrameworkDevice(Path home, String joinCode, String name) throws Exception {
        AgentServices services = RunningFramework.service(AgentServices.class);
        AgentProcess.Parts parts = new AgentProcess.Parts(services,
                RunningFramework.service(FeaturePoints.class).live(),
                RunningFramework.service(ControlApis.class), new SyncEngines(services.chunkers()),
                Platform.current().userHome(), name);
        process = AgentProcess.open(Home.of(home, null), false, parts, () -> {
        });
        agent = process.agent();
        agent.join(joinCode, name);
    }

    /** Returns how one of its folders is. */
    FolderReport report(Path folder) throws Exception {
        Path real = folder.toRealPath();
        return agent.listFolders().stream().filter(report -> Path.of(report.directory()).equals(real)).findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
