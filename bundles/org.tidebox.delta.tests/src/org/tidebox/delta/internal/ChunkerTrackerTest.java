package org.tidebox.delta.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.delta.fixed.FixedChunker;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.UnknownFeatureException;

@Tag("P4")
class ChunkerTrackerTest {
    private final ChunkerTracker tracker = new ChunkerTracker();
    private final Chunker fastcdc = new FastCdcChunker();
    private final Chunker fixed = new FixedChunker();

    @Test
    void rankingDecidesUntilSomebodyChooses() throws UnknownFeatureException {
        tracker.bind(fixed, reference(Map.of("tidebox.provider", "fixed")));
        tracker.bind(fastcdc, reference(Map.of("tidebox.provider", "fastcdc", "service.ranking", 10)));
        assertThat(tracker.status()).isEqualTo(new FeatureStatus("delta", "fastcdc", List.of("fastcdc", "fixed")));
        tracker.use("fixed");
        try (Lease<Chunker> lease = tracker.acquire()) {
            assertThat(lease.get()).isSameAs(fixed);
        }
        tracker.unbind(fixed);
        assertThat(tracker.status()).isEqualTo(new FeatureStatus("delta", "fastcdc", List.of("fastcdc")));
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> tracker.use("fixed"));
    }

    @Test
    void chunkerWithoutNameIsSkipped() {
        tracker.bind(fastcdc, reference(Map.of("service.ranking", 99)));
        tracker.bind(fastcdc, reference(Map.of("tidebox.provider", " ")));
        tracker.bind(fastcdc, reference(Map.of("tidebox.provider", 5)));
        tracker.bind(fixed, reference(Map.of("tidebox.provider", "fixed", "service.ranking", "high")));
        assertThat(tracker.status()).isEqualTo(new FeatureStatus("delta", "fixed", List.of("fixed")));
        tracker.unbind(fastcdc);
        assertThat(tracker.status().providers()).containsExactly("fixed");
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<Chunker> reference(Map<String, Object> properties) {
        return fake(ServiceReference.class, Map.of("getProperty", properties, "getBundle",
                fake(Bundle.class, Map.of("getSymbolicName", "org.example.bundle"))));
    }

    /** Answers the named methods: with the value, or, where that is a map, with what the map has for the argument. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        InvocationHandler handler = (self, method, arguments) -> {
            Object answer = answers.get(method.getName());
            return answer instanceof Map<?, ?> map ? map.get(arguments[0]) : answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
