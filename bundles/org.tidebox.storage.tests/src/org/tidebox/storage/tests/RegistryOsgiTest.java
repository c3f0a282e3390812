package org.tidebox.storage.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
import org.tidebox.feature.UnknownFeatureException;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageRegistry;

/** The registries of packs and metadata as components in a running framework. */
@Tag("P4")
@Timeout(60)
class RegistryOsgiTest {
    private static final BundleContext CONTEXT = FrameworkUtil.getBundle(RegistryOsgiTest.class).getBundleContext();
    private static final String PROVIDER = PackStoreProvider.PROVIDER;

    private final StorageRegistry registry = CONTEXT.getService(CONTEXT.getServiceReference(StorageRegistry.class));

    /** A swap point, its provider in the products, the service that providers offer, and another one. */
    record Swap<T>(String point, String provider, Class<T> service, T other) {
        Lease<?> acquire(StorageRegistry registry) {
            return point.equals(StorageRegistry.PACKS) ? registry.acquirePacks() : registry.acquireMetadata();
        }

        Bundle bundle() {
            return FrameworkUtil.getBundle(other.getClass());
        }

        ServiceRegistration<T> register(Map<String, Object> properties) {
            return CONTEXT.registerService(service, other, new Hashtable<>(properties));
        }

        FeaturePoint find() throws InvalidSyntaxException {
            return CONTEXT.getServiceReferences(FeaturePoint.class, null).stream().map(CONTEXT::getService)
                    .filter(found -> found.status().point().equals(point)).findFirst().orElseThrow();
        }

        FeatureStatus alone() {
            return new FeatureStatus(point, provider, List.of(provider));
        }

        void stop() {
            try {
                bundle().stop();
            } catch (BundleException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String toString() {
            return point;
        }
    }

    static Stream<Swap<?>> swaps() {
        return Stream.of(
                new Swap<>(StorageRegistry.PACKS, FilePackStoreProvider.NAME, PackStoreProvider.class,
                        new FilePackStoreProvider()),
                new Swap<>(StorageRegistry.METADATA, JdbcMetadataStoreProvider.NAME, MetadataStoreProvider.class,
                        new JdbcMetadataStoreProvider()));
    }

    /** A choice whose provider has gone leaves it to the ranking again. */
    @AfterEach
    void reset() throws Exception {
        for (Swap<?> swap : swaps().toList()) {
            swap.bundle().start();
            ServiceRegistration<?> passing = swap.register(Map.of(PROVIDER, "passing"));
            FeaturePoint point = swap.find();
            point.use("passing");
            passing.unregister();
            await().until(() -> point.status().equals(swap.alone()));
        }
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void providerOfTheFrameworkIsTracked(Swap<?> swap) throws Exception {
        assertThat(swap.find().status()).isEqualTo(swap.alone());
        try (Lease<?> lease = swap.acquire(registry)) {
            assertThat(lease.get()).isInstanceOf(swap.other().getClass()).isNotSameAs(swap.other());
        }
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void serviceWithoutNameIsSkipped(Swap<?> swap) throws Exception {
        ServiceRegistration<?> nameless = swap.register(Map.of(Constants.SERVICE_RANKING, 1000));
        ServiceRegistration<?> blank = swap.register(Map.of(PROVIDER, " ", Constants.SERVICE_RANKING, 1000));
        assertThat(swap.find().status()).isEqualTo(swap.alone());
        nameless.unregister();
        blank.unregister();
        assertThat(swap.find().status()).isEqualTo(swap.alone());
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void rankingDecidesUntilSomebodyChooses(Swap<?> swap) throws Exception {
        FeaturePoint point = swap.find();
        ServiceRegistration<?> second = swap.register(Map.of(PROVIDER, "second", Constants.SERVICE_RANKING, 100));
        assertThat(point.status())
                .isEqualTo(new FeatureStatus(swap.point(), "second", List.of(swap.provider(), "second")));
        try (Lease<?> lease = swap.acquire(registry)) {
            assertThat(lease.get()).isSameAs(swap.other());
        }
        point.use(swap.provider());
        try (Lease<?> lease = swap.acquire(registry)) {
            assertThat(lease.get()).isNotSameAs(swap.other());
        }
        point.use("second");
        second.unregister();
        assertThat(point.status()).isEqualTo(swap.alone());
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> point.use("second"));
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void stoppingTheBundleSwitchesToTheNextAfterItsUsersAreDone(Swap<?> swap) throws Exception {
        FeaturePoint point = swap.find();
        ServiceRegistration<?> second = swap.register(Map.of(PROVIDER, "second", Constants.SERVICE_RANKING, -1));
        CompletableFuture<Void> stop;
        try (Lease<?> lease = swap.acquire(registry)) {
            assertThat(lease.provider()).isEqualTo(swap.provider());
            stop = CompletableFuture.runAsync(swap::stop);
            await().until(() -> point.status().providers().equals(List.of("second")));
            try (Lease<?> next = swap.acquire(registry)) {
                assertThat(next.provider()).isEqualTo("second");
            }
            assertThat(stop).isNotDone();
        }
        stop.get(5, TimeUnit.SECONDS);
        swap.bundle().start();
        await().until(() -> swap.provider().equals(point.status().active()));
        second.unregister();
    }
}
