package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.StampResolution;
import org.tidebox.sync.folder.Threads;
import org.tidebox.sync.internal.report.Stop;

/** A file system whose clock is set and coarse, on a machine with another one. */
class FileClockTest {
    private static final Duration HOURS = Duration.ofHours(5);

    private Instant now = Instant.parse("2026-03-01T12:00:00.400Z");
    private Duration tick = Duration.ofSeconds(1);
    private Duration skew = Duration.ZERO;
    private int waits;
    private FileSystem files;
    private Path folder;
    private FileClock clock;

    @BeforeEach
    void start() throws IOException {
        files = Jimfs.newFileSystem(Configuration.unix().toBuilder().setFileTimeSource(this::fileTime).build());
        folder = Files.createDirectory(files.getPath("/tmp"));
        clock = clock();
    }

    @AfterEach
    void stop() throws IOException {
        files.close();
    }

    private FileClock clock() {
        Threads threads = new Threads() {
            @Override
            public void start(String name, Runnable work) {
                work.run();
            }

            @Override
            public void await(Object monitor, Duration time) {
                waits++;
                now = now.plus(time);
            }
        };
        ConfinedRoot confined = new ConfinedRoot(folder);
        return new FileClock(folder, confined, new Disk(confined), () -> now, new Stop(threads));
    }

    private FileTime fileTime() {
        Instant time = now.plus(skew);
        long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
        long held = nanos - Math.floorMod(nanos, tick.toNanos());
        return FileTime.from(Instant.ofEpochSecond(0, held));
    }

    private DiskStamp write() throws IOException {
        Path file = folder.resolve("file");
        Files.deleteIfExists(file);
        Files.writeString(file, "content");
        return new Disk(new ConfinedRoot(folder)).look(file).orElseThrow().stamp();
    }

    @Test
    void aFineClockIsKnownAfterSomeMilliseconds() throws IOException {
        tick = Duration.ofMillis(4);
        DiskStamp stamp = write();
        Instant before = now;
        assertThat(clock.isYoung(stamp)).isFalse();
        assertThat(Duration.between(before, now)).isLessThan(Duration.ofMillis(50));
        assertThat(clock.resolution().longest()).isBetween(tick, Duration.ofMillis(10));
    }

    @Test
    void aCoarseClockCountsAsTheCoarsestUntilItHasTickedOften() throws IOException {
        DiskStamp stamp = write();
        assertThat(clock.isYoung(stamp)).isTrue();
        assertThat(clock.resolution()).isEqualTo(StampResolution.UNKNOWN);
        for (int i = 0; i < 4; i++) {
            now = now.plusSeconds(1);
            clock.forget();
            assertThat(clock.isYoung(stamp)).isEqualTo(i == 0);
            clock.isYoung(write());
        }
        assertThat(clock.resolution().mtime()).isEqualTo(tick);
    }

    @Test
    void isMeasuredOnceAndOnlyForWhatIsYoung() throws IOException {
        DiskStamp stamp = write();
        now = now.plusSeconds(10);
        assertThat(clock.isYoung(stamp)).isFalse();
        assertThat(waits).isZero();
        clock.isYoung(write());
        int once = waits;
        clock.isYoung(write());
        assertThat(waits).isEqualTo(once).isPositive();
    }

    @Test
    void whatWasWrittenLongAfterTheClockWasAskedIsYoung() throws IOException {
        clock.isYoung(write());
        now = now.plusSeconds(60);
        assertThat(clock.isYoung(write())).isTrue();
        DiskStamp wrong = new DiskStamp(7, Long.MAX_VALUE, 0, 0644, "1");
        assertThat(clock.isYoung(wrong)).isFalse();
    }

    @Test
    void theClockOfTheComputerThatHasTheDiskCounts() throws IOException {
        for (Duration wrong : new Duration[]{HOURS, HOURS.negated()}) {
            skew = wrong;
            clock = clock();
            DiskStamp stamp = write();
            assertThat(clock.isYoung(stamp)).isTrue();
            now = now.plusSeconds(3);
            clock.forget();
            assertThat(clock.isYoung(stamp)).isFalse();
        }
    }

    @Test
    void whereNoFileCanBeMadeTheTimeOfThisComputerServes() throws IOException {
        DiskStamp stamp = write();
        folder = folder.resolve("nowhere");
        clock = clock();
        assertThat(clock.isYoung(stamp)).isTrue();
        now = now.plusSeconds(5);
        clock.forget();
        assertThat(clock.isYoung(stamp)).isFalse();
    }

    @Test
    void leavesNoFile() throws IOException {
        clock.isYoung(write());
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("file"));
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }
}
