package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.UnknownFeatureException;

/** The framework that the tests run in: its services and bundles. */
final class RunningFramework {
    /** A swap point waits ten seconds for users that do not let go; who gets near that has met one. */
    private static final Duration LET_GO = Duration.ofSeconds(8);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final BundleContext CONTEXT = FrameworkUtil.getBundle(RunningFramework.class).getBundleContext();

    private RunningFramework() {
    }

    /** Returns a service that is there, or will be soon. */
    static <T> T service(Class<T> type) {
        ServiceReference<T> reference = await().atMost(LONG).until(() -> CONTEXT.getServiceReference(type),
                found -> found != null);
        return CONTEXT.getService(reference);
    }

    static FeaturePoint point(String name) throws InvalidSyntaxException {
        return CONTEXT.getServiceReferences(FeaturePoint.class, null).stream().map(CONTEXT::getService)
                .filter(found -> found.status().point().equals(name)).findFirst().orElseThrow();
    }

    static <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, ?> properties) {
        return CONTEXT.registerService(type, service, new Hashtable<>(properties));
    }

    /** Stops the bundle of a provider, which must not have to wait for users that do not let go. */
    static void stop(Class<?> provider) throws BundleException {
        long begin = System.nanoTime();
        FrameworkUtil.getBundle(provider).stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to stop the bundle of " + provider)
                .isLessThan(LET_GO);
        assertThat(FrameworkUtil.getBundle(provider).getState()).isEqualTo(Bundle.RESOLVED);
    }

    /** Starts the bundle of a provider; returns when its service is tracked. */
    static void start(Class<?> provider, FeaturePoint point, String name) throws BundleException {
        FrameworkUtil.getBundle(provider).start();
        await().atMost(LONG).until(() -> point.status().providers().contains(name));
    }

    /** A choice whose provider has gone leaves it to the ranking again. */
    static <T> void forgetChoice(FeaturePoint point, Class<T> type, T service, String property)
            throws UnknownFeatureException {
        ServiceRegistration<T> passing = register(type, service, Map.of(property, "passing"));
        point.use("passing");
        passing.unregister();
    }
}
