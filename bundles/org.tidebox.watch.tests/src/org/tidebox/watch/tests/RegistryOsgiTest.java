package org.tidebox.watch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.SystemTime;
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.WatcherRegistry;
import org.tidebox.watch.nio.NioWatcher;
import org.tidebox.watch.polling.PollingWatcher;

/** The registry of watchers as a component in a running framework. */
@Tag("P4")
@Timeout(60)
class RegistryOsgiTest {
    private static final FeatureStatus BOTH = new FeatureStatus(WatcherRegistry.POINT, NioWatcher.NAME,
            List.of(NioWatcher.NAME, PollingWatcher.NAME));

    private final BundleContext context = FrameworkUtil.getBundle(RegistryOsgiTest.class).getBundleContext();
    private final Bundle nio = FrameworkUtil.getBundle(NioWatcher.class);
    private WatcherRegistry registry;
    private FeaturePoint point;

    @BeforeEach
    void find() throws InvalidSyntaxException {
        registry = context.getService(context.getServiceReference(WatcherRegistry.class));
        point = context.getServiceReferences(FeaturePoint.class, null).stream().map(context::getService)
                .filter(found -> found.status().point().equals(WatcherRegistry.POINT)).findFirst().orElseThrow();
    }

    /** A choice whose provider has gone leaves it to the ranking again. */
    @AfterEach
    void reset() throws BundleException, UnknownFeatureException {
        nio.start();
        ServiceRegistration<Watcher> passing = register(Map.of(Watcher.PROVIDER, "passing"));
        point.use("passing");
        passing.unregister();
        await().until(() -> point.status().equals(BOTH));
    }

    @Test
    void providersOfTheFrameworkAreTracked() {
        assertThat(point.status()).isEqualTo(BOTH);
        try (Lease<Watcher> lease = registry.acquire()) {
            assertThat(lease.get()).isInstanceOf(NioWatcher.class);
        }
        try (Lease<Watcher> lease = registry.acquireOther(NioWatcher.NAME).orElseThrow()) {
            assertThat(lease.get()).isInstanceOf(PollingWatcher.class);
        }
    }

    @Test
    void serviceWithoutNameIsSkipped() {
        ServiceRegistration<Watcher> nameless = register(Map.of(Constants.SERVICE_RANKING, 1000));
        ServiceRegistration<Watcher> blank = register(Map.of(Watcher.PROVIDER, " ", Constants.SERVICE_RANKING, 1000));
        assertThat(point.status()).isEqualTo(BOTH);
        nameless.unregister();
        blank.unregister();
        assertThat(point.status()).isEqualTo(BOTH);
    }

    @Test
    void rankingDecidesUntilSomebodyChoosesAndListenersHearOfIt() throws UnknownFeatureException {
        AtomicInteger heard = new AtomicInteger();
        Runnable listener = heard::incrementAndGet;
        registry.onChange(listener);
        ServiceRegistration<Watcher> third = register(
                Map.of(Watcher.PROVIDER, "third", Constants.SERVICE_RANKING, 100));
        assertThat(point.status().active()).isEqualTo("third");
        assertThat(heard).hasValue(1);
        point.use(PollingWatcher.NAME);
        assertThat(heard).hasValue(2);
        try (Lease<Watcher> lease = registry.acquire()) {
            assertThat(lease.get()).isInstanceOf(PollingWatcher.class);
        }
        point.use("third");
        third.unregister();
        assertThat(heard).hasValue(4);
        registry.removeListener(listener);
        assertThat(point.status()).isEqualTo(BOTH);
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> point.use("third"));
        assertThat(heard).hasValue(4);
    }

    @Test
    void stoppingTheBundleSwitchesToTheNextAfterItsUsersAreDone() throws Exception {
        CompletableFuture<Void> stop;
        try (Lease<Watcher> lease = registry.acquire()) {
            stop = CompletableFuture.runAsync(this::stopNio);
            await().until(() -> point.status().providers().equals(List.of(PollingWatcher.NAME)));
            try (Lease<Watcher> next = registry.acquire()) {
                assertThat(next.provider()).isEqualTo(PollingWatcher.NAME);
            }
            assertThat(lease.provider()).isEqualTo(NioWatcher.NAME);
            assertThat(registry.acquireOther(PollingWatcher.NAME)).isEmpty();
            assertThat(stop).isNotDone();
        }
        stop.get(5, TimeUnit.SECONDS);
        nio.start();
        await().until(() -> point.status().equals(BOTH));
    }

    private ServiceRegistration<Watcher> register(Map<String, Object> properties) {
        return context.registerService(Watcher.class,
                new PollingWatcher(Duration.ofSeconds(1), SystemTime.clock()), new Hashtable<>(properties));
    }

    private void stopNio() {
        try {
            nio.stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }
}
