package org.tidebox.auth.internal;

import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.UnknownFeatureException;

/** Keeps the swap point of authenticators in step with the services that come and go. */
@Component(service = {AuthenticatorRegistry.class, FeaturePoint.class})
public final class AuthenticatorTracker implements AuthenticatorRegistry, FeaturePoint {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticatorTracker.class);

    private final SwapPoint<Authenticator> point = new SwapPoint<>(POINT);

    /** An authenticator appeared. */
    @Reference(name = "providers", service = Authenticator.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "unbind")
    public void bind(Authenticator authenticator, ServiceReference<Authenticator> reference) {
        if (reference.getProperty(Authenticator.PROVIDER) instanceof String name && !name.isBlank()) {
            point.add(name, reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer number ? number : 0,
                    authenticator);
        } else {
            LOG.warn("Bundle {} offers an authenticator whose property '{}' is {}, expected a name; it is not used",
                    reference.getBundle().getSymbolicName(), Authenticator.PROVIDER,
                    reference.getProperty(Authenticator.PROVIDER));
        }
    }

    /** An authenticator goes; returns when its users have let go of it. */
    public void unbind(Authenticator authenticator) {
        point.remove(authenticator);
    }

    @Override
    public Lease<Authenticator> acquire() {
        return point.acquire();
    }

    @Override
    public FeatureStatus status() {
        return point.status();
    }

    @Override
    public void use(String provider) throws UnknownFeatureException {
        point.use(provider);
    }
}
