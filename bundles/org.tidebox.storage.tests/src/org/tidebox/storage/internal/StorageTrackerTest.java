package org.tidebox.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.MetadataStoreProvider;
import org.tidebox.storage.provider.PackStoreProvider;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.tests.memory.MemoryPackStore;

@Tag("P4")
final class StorageTrackerTest {
    private final PackTracker packs = new PackTracker();
    private final MetadataTracker metadata = new MetadataTracker();
    private final StorageTracker registry = new StorageTracker(packs, metadata);

    @Test
    void bothPointsHandOutTheirProviders() {
        PackStoreProvider file = new FilePackStoreProvider();
        MetadataStoreProvider jdbc = new JdbcMetadataStoreProvider();
        packs.bind(file, Map.of("tidebox.provider", "file"));
        metadata.bind(jdbc, Map.of("tidebox.provider", "jdbc"));
        assertThat(packs.status()).isEqualTo(new FeatureStatus("storage.packs", "file", List.of("file")));
        assertThat(metadata.status()).isEqualTo(new FeatureStatus("storage.metadata", "jdbc", List.of("jdbc")));
        try (Lease<PackStoreProvider> pack = registry.acquirePacks();
                Lease<MetadataStoreProvider> meta = registry.acquireMetadata()) {
            assertThat(pack.get()).isSameAs(file);
            assertThat(meta.get()).isSameAs(jdbc);
        }
    }

    @Test
    void chosenProviderGoesBeforeTheHigherRanking() throws Exception {
        packs.bind(new Remembered("low"), Map.of("tidebox.provider", "low"));
        packs.bind(new Remembered("high"), Map.of("tidebox.provider", "high", "service.ranking", 5));
        assertThat(packs.status().active()).isEqualTo("high");
        packs.use("low");
        assertThat(packs.status().active()).isEqualTo("low");
    }

    @Test
    void providerWithoutNameIsSkipped() {
        packs.bind(new Remembered("nameless"), Map.of("service.ranking", 5));
        packs.bind(new Remembered("wrong"), Map.of("tidebox.provider", 5));
        assertThat(packs.status().providers()).isEmpty();
    }

    @Test
    void listenersHearOfBothPoints() {
        AtomicInteger calls = new AtomicInteger();
        Runnable listener = calls::incrementAndGet;
        registry.onChange(listener);
        packs.bind(new Remembered("a"), Map.of("tidebox.provider", "a"));
        metadata.bind(new JdbcMetadataStoreProvider(), Map.of("tidebox.provider", "jdbc"));
        assertThat(calls).hasValue(2);
        registry.removeListener(listener);
        packs.bind(new Remembered("b"), Map.of("tidebox.provider", "b"));
        assertThat(calls).hasValue(2);
    }

    @Test
    void replacementUnderLoadLosesNoRequest() throws Exception {
        Remembered current = new Remembered("p");
        packs.bind(current, Map.of("tidebox.provider", "p"));
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads.submit(() -> useUntil(stop)));
            }
            for (int i = 0; i < 200; i++) {
                packs.unbind(current);
                current.gone = true;
                current = new Remembered("p");
                packs.bind(current, Map.of("tidebox.provider", "p"));
            }
            stop.set(true);
            for (Future<Integer> user : users) {
                assertThat(user.get()).isPositive();
            }
        }
    }

    private int useUntil(AtomicBoolean stop) {
        int uses = 0;
        do {
            try (Lease<PackStoreProvider> lease = registry.acquirePacks()) {
                assertThat(((Remembered) lease.get()).gone).as("gone before its user let go").isFalse();
                uses++;
            }
        } while (!stop.get());
        return uses;
    }

    /** A provider that knows whether it was taken away. */
    private static final class Remembered implements PackStoreProvider {
        private final String name;
        private volatile boolean gone;

        Remembered(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PackStore open(StorageLocation location) {
            return new MemoryPackStore();
        }
    }
}
