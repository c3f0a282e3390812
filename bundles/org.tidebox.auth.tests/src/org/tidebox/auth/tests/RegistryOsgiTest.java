package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.auth.VerifierStore;
import org.tidebox.auth.password.Cost;
import org.tidebox.auth.password.PasswordAuthenticator;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.UnknownFeatureException;

/** The registry of authenticators as a component in a running framework. */
@Tag("P4")
@Timeout(60)
class RegistryOsgiTest {
    private static final FeatureStatus NONE = new FeatureStatus(AuthenticatorRegistry.POINT, null, List.of());
    private static final FeatureStatus PASSWORD = new FeatureStatus(AuthenticatorRegistry.POINT,
            PasswordAuthenticator.NAME, List.of(PasswordAuthenticator.NAME));

    private final BundleContext context = FrameworkUtil.getBundle(RegistryOsgiTest.class).getBundleContext();
    private final Bundle password = FrameworkUtil.getBundle(PasswordAuthenticator.class);
    private AuthenticatorRegistry registry;
    private FeaturePoint point;
    private ServiceRegistration<VerifierStore> verifiers;

    @BeforeEach
    void find() throws InvalidSyntaxException {
        registry = context.getService(context.getServiceReference(AuthenticatorRegistry.class));
        point = context.getServiceReferences(FeaturePoint.class, null).stream().map(context::getService)
                .filter(found -> found.status().point().equals(AuthenticatorRegistry.POINT)).findFirst().orElseThrow();
        verifiers = context.registerService(VerifierStore.class, new MemoryVerifierStore(), null);
        await().until(() -> point.status().equals(PASSWORD));
    }

    /** A choice whose provider has gone leaves it to the ranking again. */
    @AfterEach
    void reset() throws BundleException, UnknownFeatureException {
        password.start();
        ServiceRegistration<Authenticator> passing = register(Map.of(Authenticator.PROVIDER, "passing"));
        point.use("passing");
        passing.unregister();
        verifiers.unregister();
        await().until(() -> point.status().equals(NONE));
    }

    @Test
    void providerOfTheFrameworkIsTracked() {
        try (Lease<Authenticator> lease = acquire()) {
            assertThat(lease.get()).isInstanceOf(PasswordAuthenticator.class);
        }
    }

    @Test
    void serviceWithoutNameIsSkipped() {
        ServiceRegistration<Authenticator> nameless = register(Map.of(Constants.SERVICE_RANKING, 1000));
        ServiceRegistration<Authenticator> blank = register(
                Map.of(Authenticator.PROVIDER, " ", Constants.SERVICE_RANKING, 1000));
        assertThat(point.status()).isEqualTo(PASSWORD);
        nameless.unregister();
        blank.unregister();
        assertThat(point.status()).isEqualTo(PASSWORD);
    }

    @Test
    void rankingDecidesUntilSomebodyChooses() throws UnknownFeatureException {
        ServiceRegistration<Authenticator> second = register(
                Map.of(Authenticator.PROVIDER, "second", Constants.SERVICE_RANKING, 100));
        assertThat(point.status()).isEqualTo(new FeatureStatus(AuthenticatorRegistry.POINT, "second",
                List.of(PasswordAuthenticator.NAME, "second")));
        point.use(PasswordAuthenticator.NAME);
        try (Lease<Authenticator> lease = acquire()) {
            assertThat(lease.provider()).isEqualTo(PasswordAuthenticator.NAME);
        }
        point.use("second");
        second.unregister();
        assertThat(point.status()).isEqualTo(PASSWORD);
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> point.use("second"));
    }

    @Test
    void stoppingTheBundleSwitchesToTheNextAfterItsUsersAreDone() throws Exception {
        ServiceRegistration<Authenticator> second = register(Map.of(Authenticator.PROVIDER, "second"));
        CompletableFuture<Void> stop;
        try (Lease<Authenticator> lease = acquire()) {
            stop = CompletableFuture.runAsync(this::stopPassword);
            await().until(() -> point.status().providers().equals(List.of("second")));
            try (Lease<Authenticator> next = acquire()) {
                assertThat(next.provider()).isEqualTo("second");
            }
            assertThat(lease.provider()).isEqualTo(PasswordAuthenticator.NAME);
            assertThat(stop).isNotDone();
        }
        stop.get(5, TimeUnit.SECONDS);
        password.start();
        await().until(() -> PasswordAuthenticator.NAME.equals(point.status().active()));
        second.unregister();
    }

    @Test
    void acquiringWaitsForAProviderThatIsBeingReplaced() throws Exception {
        password.stop();
        CompletableFuture<String> login = CompletableFuture.supplyAsync(this::providerInUse);
        assertThat(point.status()).isEqualTo(NONE);
        assertThat(login).isNotDone();
        password.start();
        assertThat(login.get(5, TimeUnit.SECONDS)).isEqualTo(PasswordAuthenticator.NAME);
    }

    /** Leases the one in use. */
    private Lease<Authenticator> acquire() {
        List<Lease<Authenticator>> all = registry.acquireAll();
        all.subList(1, all.size()).forEach(Lease::close);
        return all.getFirst();
    }

    private String providerInUse() {
        try (Lease<Authenticator> lease = acquire()) {
            return lease.provider();
        }
    }

    private ServiceRegistration<Authenticator> register(Map<String, Object> properties) {
        Authenticator other = new PasswordAuthenticator(new MemoryVerifierStore(), new Cost(64, 1, 1));
        return context.registerService(Authenticator.class, other, new Hashtable<>(properties));
    }

    private void stopPassword() {
        try {
            password.stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }
}
