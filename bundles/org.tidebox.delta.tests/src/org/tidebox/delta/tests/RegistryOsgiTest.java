package org.tidebox.delta.tests;

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
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.delta.fixed.FixedChunker;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.UnknownFeatureException;

/** The registry of chunkers as a component in a running framework. */
@Tag("P4")
@Timeout(60)
class RegistryOsgiTest {
    private static final FeatureStatus BOTH = new FeatureStatus(ChunkerRegistry.POINT, FastCdcChunker.NAME,
            List.of(FastCdcChunker.NAME, FixedChunker.NAME));

    private final BundleContext context = FrameworkUtil.getBundle(RegistryOsgiTest.class).getBundleContext();
    private final Bundle fastcdc = FrameworkUtil.getBundle(FastCdcChunker.class);
    private ChunkerRegistry registry;
    private FeaturePoint point;

    @BeforeEach
    void find() throws InvalidSyntaxException {
        registry = context.getService(context.getServiceReference(ChunkerRegistry.class));
        point = context.getServiceReferences(FeaturePoint.class, null).stream().map(context::getService)
                .filter(found -> found.status().point().equals(ChunkerRegistry.POINT)).findFirst().orElseThrow();
    }

    /** A choice whose provider has gone leaves it to the ranking again. */
    @AfterEach
    void reset() throws BundleException, UnknownFeatureException {
        fastcdc.start();
        ServiceRegistration<Chunker> passing = register(Map.of(Chunker.PROVIDER, "passing"));
        point.use("passing");
        passing.unregister();
        await().until(() -> point.status().equals(BOTH));
    }

    @Test
    void providersOfTheFrameworkAreTracked() {
        assertThat(point.status()).isEqualTo(BOTH);
        try (Lease<Chunker> lease = registry.acquire()) {
            assertThat(lease.get()).isInstanceOf(FastCdcChunker.class);
        }
    }

    @Test
    void serviceWithoutNameIsSkipped() {
        ServiceRegistration<Chunker> nameless = register(Map.of(Constants.SERVICE_RANKING, 1000));
        ServiceRegistration<Chunker> blank = register(Map.of(Chunker.PROVIDER, " ", Constants.SERVICE_RANKING, 1000));
        assertThat(point.status()).isEqualTo(BOTH);
        nameless.unregister();
        blank.unregister();
        assertThat(point.status()).isEqualTo(BOTH);
    }

    @Test
    void rankingDecidesUntilSomebodyChooses() throws UnknownFeatureException {
        ServiceRegistration<Chunker> third = register(
                Map.of(Chunker.PROVIDER, "third", Constants.SERVICE_RANKING, 100));
        assertThat(point.status().active()).isEqualTo("third");
        point.use(FixedChunker.NAME);
        try (Lease<Chunker> lease = registry.acquire()) {
            assertThat(lease.get()).isInstanceOf(FixedChunker.class);
        }
        point.use("third");
        third.unregister();
        assertThat(point.status()).isEqualTo(BOTH);
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> point.use("third"));
    }

    @Test
    void stoppingTheBundleSwitchesToTheNextAfterItsUsersAreDone() throws Exception {
        CompletableFuture<Void> stop;
        try (Lease<Chunker> lease = registry.acquire()) {
            stop = CompletableFuture.runAsync(this::stopFastCdc);
            await().until(() -> point.status().providers().equals(List.of(FixedChunker.NAME)));
            try (Lease<Chunker> next = registry.acquire()) {
                assertThat(next.provider()).isEqualTo(FixedChunker.NAME);
            }
            ServiceRegistration<Chunker> third = register(
                    Map.of(Chunker.PROVIDER, "third", Constants.SERVICE_RANKING, 100));
            assertThat(point.status().active()).isEqualTo("third");
            third.unregister();
            assertThat(lease.get().cut(new byte[100], 0, 100)).isEqualTo(100);
            assertThat(stop).isNotDone();
        }
        stop.get(5, TimeUnit.SECONDS);
        fastcdc.start();
        await().until(() -> point.status().equals(BOTH));
    }

    private ServiceRegistration<Chunker> register(Map<String, Object> properties) {
        return context.registerService(Chunker.class, new FixedChunker(), new Hashtable<>(properties));
    }

    private void stopFastCdc() {
        try {
            fastcdc.stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }
}
