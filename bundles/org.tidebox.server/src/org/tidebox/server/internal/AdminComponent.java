package org.tidebox.server.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerProcess;
import org.tidebox.server.operator.AdminService;

/** Takes operator commands while the bundle runs. */
@Component(service = {}, immediate = true)
public final class AdminComponent {
    private final AdminService service;

    /** Begins to take commands. */
    @Activate
    public AdminComponent(@Reference TideboxServer server, @Reference ServerFeatures features,
            @Reference ServerProcess process) {
        this.service = new AdminService(server, features, process);
    }

    /** Takes no more commands. */
    @Deactivate
    public void deactivate() {
        service.close();
    }
}
