package org.tidebox.delta.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
        tracker.bind(fixed, Map.of("tidebox.provider", "fixed"));
        tracker.bind(fastcdc, Map.of("tidebox.provider", "fastcdc", "service.ranking", 10));
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
        tracker.bind(fastcdc, Map.of("service.ranking", 99));
        tracker.bind(fastcdc, Map.of("tidebox.provider", " "));
        tracker.bind(fastcdc, Map.of("tidebox.provider", 5));
        tracker.bind(fixed, Map.of("tidebox.provider", "fixed", "service.ranking", "high"));
        assertThat(tracker.status()).isEqualTo(new FeatureStatus("delta", "fixed", List.of("fixed")));
        tracker.unbind(fastcdc);
        assertThat(tracker.status().providers()).containsExactly("fixed");
    }
}
