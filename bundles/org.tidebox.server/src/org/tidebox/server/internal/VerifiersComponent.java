package org.tidebox.server.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.auth.VerifierStore;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.login.StoredVerifiers;

/** Gives authenticators a place for their verifiers. */
@Component(service = VerifierStore.class)
public final class VerifiersComponent extends StoredVerifiers {
    /** Keeps them in the server's metadata. */
    @Activate
    public VerifiersComponent(@Reference ServerData data) {
        super(data);
    }
}
