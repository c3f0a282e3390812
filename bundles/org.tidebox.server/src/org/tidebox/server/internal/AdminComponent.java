package org.tidebox.server.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.auth.Enrolment;
import org.tidebox.server.AdminService;
import org.tidebox.server.ServerFeatures;
import org.tidebox.server.ServerProcess;
import org.tidebox.server.TideboxServer;

/** Takes operator commands while the bundle runs. */
@Component(service = {}, immediate = true)
public final class AdminComponent {
    private final AtomicReference<Enrolment> enrolment = new AtomicReference<>();
    private final AdminService service;

    /** Begins to take commands. */
    @Activate
    public AdminComponent(@Reference TideboxServer server, @Reference ServerFeatures features,
            @Reference ServerProcess process) {
        this.service = new AdminService(server, features, () -> Optional.ofNullable(enrolment.get()), process);
    }

    /** Passwords can be set from now on. Called by the component runtime. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, unbind = "unbindEnrolment")
    public void bindEnrolment(Enrolment added) {
        enrolment.set(added);
    }

    /** Passwords can no longer be set this way. Called by the component runtime. */
    public void unbindEnrolment(Enrolment removed) {
        enrolment.compareAndSet(removed, null);
    }

    /** Takes no more commands. */
    @Deactivate
    public void deactivate() {
        service.close();
    }
}
