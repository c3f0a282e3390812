package org.tidebox.auth.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.ProviderTracker;

/** Keeps the swap point of authenticators in step with the services that come and go. */
@Component(service = {AuthenticatorRegistry.class, FeaturePoint.class})
public final class AuthenticatorTracker extends ProviderTracker<Authenticator> implements AuthenticatorRegistry {
    /** Makes a tracker that knows no authenticator. */
    public AuthenticatorTracker() {
        super(POINT, Authenticator.PROVIDER);
    }

    /** Adds an authenticator. Called by the component runtime. */
    @Reference(name = "providers", service = Authenticator.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Authenticator authenticator, Map<String, Object> properties) {
        add(authenticator, properties);
    }

    /** Removes an authenticator after its present users are done. Called by the component runtime. */
    public void unbind(Authenticator authenticator) {
        point().remove(authenticator);
    }
}
