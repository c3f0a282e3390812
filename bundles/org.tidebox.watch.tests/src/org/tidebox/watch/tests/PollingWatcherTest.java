package org.tidebox.watch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.SystemTime;
import org.tidebox.watch.Watch;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.polling.PollingWatcher;

class PollingWatcherTest extends WatcherContract {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Instant WRITTEN = Instant.parse("2024-02-29T12:00:00Z");

    private final Recorder recorder = new Recorder();
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    Watcher watcher() {
        // All files look old, so that nothing is told but what differs.
        return new PollingWatcher(INTERVAL, () -> SystemTime.clock().instant().plusSeconds(3600));
    }

    @Override
    int mostCallsForABurst() {
        return 300;
    }

    @Test
    void unchangedTreeIsSilent(@TempDir Path root) throws Exception {
        write(root.resolve("file"));
        try (Watch watch = pollAt(WRITTEN.plusSeconds(60), root)) {
            awaitLooks(root);
            assertThat(recorder.isSilent()).isTrue();
        }
    }

    @Test
    void youngFileCountsAsChangedSinceItsTimeStampProvesNothing(@TempDir Path root) throws Exception {
        write(root.resolve("file"));
        try (Watch watch = pollAt(WRITTEN.plusSeconds(1), root)) {
            recorder.awaitFolder("");
        }
    }

    @Test
    void namesWithEqualHashCodesDiffer(@TempDir Path root) throws Exception {
        Path file = root.resolve("Aa");
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        write(file);
        try (Watch watch = pollAt(WRITTEN.plusSeconds(60), root)) {
            Files.move(file, root.resolve("BB"));
            recorder.awaitFolder("");
        }
    }

    private Watch pollAt(Instant now, Path root) throws Exception {
        return new PollingWatcher(INTERVAL, InstantSource.fixed(now)).watch(root, path -> {
            looks.incrementAndGet();
            return false;
        }, recorder);
    }

    private void awaitLooks(Path root) {
        int before = looks.get();
        await("looks at " + root).atMost(Duration.ofSeconds(10)).until(() -> looks.get() > before + 3);
    }

    private static void write(Path file) throws Exception {
        Files.writeString(file, "x");
        Files.setLastModifiedTime(file, FileTime.from(WRITTEN));
    }
}
