package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreRegistry;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeDetectorRegistry;

/** The providers of ignore files and types in a running framework. */
@Tag("P4")
@Timeout(60)
class RulesOsgiTest {
    private final BundleContext context = FrameworkUtil.getBundle(RulesOsgiTest.class).getBundleContext();

    @Test
    void bothSwapPointsAreThere() {
        await().untilAsserted(() -> assertThat(context.getServiceReferences(FeaturePoint.class, null)).extracting(
                reference -> context.getService(reference).status()).contains(
                        new FeatureStatus("rules.types", "tika", List.of("tika")),
                        new FeatureStatus("rules.ignore", "ignorefile", List.of("ignorefile"))));
    }

    @Test
    void typesAreToldByTheTableOfTheFramework() throws IOException {
        TypeDetectorRegistry registry = service(TypeDetectorRegistry.class);
        try (Lease<TypeDetector> lease = registry.acquire()) {
            assertThat(lease.get().ofExtension("odt")).contains("application/vnd.oasis.opendocument.text");
            assertThat(
                    lease.get().ofContent(new ByteArrayInputStream("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII))))
                    .contains("application/pdf");
            assertThat(lease.get().ofContent(new ByteArrayInputStream(new byte[]{1, 2, 3, 0, 7}))).isEmpty();
            assertThat(lease.get().extensions("image/jpeg")).contains("jpg", "jpeg");
            assertThat(lease.get().knows("image/jpeg")).isTrue();
            assertThat(lease.get().knows("image/nope")).isFalse();
            assertThat(lease.get().knows("no type")).isFalse();
        }
    }

    @Test
    void readerOfIgnoreFilesIsReplacedWhileItIsUsed() {
        IgnoreRegistry registry = service(IgnoreRegistry.class);
        try (Lease<IgnoreProvider> before = registry.acquire()) {
            ServiceRegistration<IgnoreProvider> other = context.registerService(IgnoreProvider.class,
                    (defaults, file) -> IgnoreScope.NOTHING,
                    new Hashtable<>(Map.of(IgnoreProvider.PROVIDER, "nothing", "service.ranking", 100)));
            try (Lease<IgnoreProvider> after = registry.acquire()) {
                assertThat(after.get().root("", "*").ignores("a", false)).isFalse();
            }
            assertThat(before.get().root("", "*").ignores("a", false)).isTrue();
            other.unregister();
        }
        try (Lease<IgnoreProvider> again = registry.acquire()) {
            assertThat(again.get().root("", "*").ignores("a", false)).isTrue();
        }
    }

    private <T> T service(Class<T> type) {
        return await().until(() -> Optional.ofNullable(context.getServiceReference(type)).map(context::getService)
                .orElse(null), found -> found != null);
    }
}
