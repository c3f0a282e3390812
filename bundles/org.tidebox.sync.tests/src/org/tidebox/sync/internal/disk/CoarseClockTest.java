package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.LoopDisk;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** Files that are saved again, with the same size, within a tick of the clock of a real file system. */
@Tag("C1")
class CoarseClockTest extends OnTwoDevices {
    private static final List<String> NAMES = IntStream.range(0, 20).mapToObj(i -> "file" + i).toList();
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(LoopDisk.Kind.class)
    void aSecondSaveWithinTheTickOfTheFirstArrives(LoopDisk.Kind kind) throws Exception {
        try (LoopDisk disk = LoopDisk.of(kind, temporary.resolve("disk"));
                Device coarse = new Device("coarse", disk.folder().resolve("box"), server, new MemoryTreeStore(), 3)) {
            writeTwiceInATick(coarse, () -> {
                coarse.sync();
                one.sync();
            });
            untilSure(coarse);
            one.sync();
            assertHas(one, "value=2");
            // Nor does an edit there replace anything unseen.
            writeAll(one, "value=3");
            one.sync();
            coarse.sync();
            untilSure(coarse);
            assertHas(coarse, "value=3");
            assertThat(coarse.content()).hasSameSizeAs(NAMES);
        }
    }

    @ParameterizedTest
    @EnumSource(LoopDisk.Kind.class)
    void aSaveWithinTheTickInWhichTheFileArrivedIsSent(LoopDisk.Kind kind) throws Exception {
        try (LoopDisk disk = LoopDisk.of(kind, temporary.resolve("disk"));
                Device coarse = new Device("coarse", disk.folder().resolve("box"), server, new MemoryTreeStore(), 3)) {
            untilInOneTick(coarse, () -> {
                writeAll(one, "value=1");
                one.sync();
                coarse.sync();
            });
            untilSure(coarse);
            one.sync();
            assertHas(one, "value=2");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopDisk.Kind.class)
    void aDoubtOutlivesARestart(LoopDisk.Kind kind) throws Exception {
        try (LoopDisk disk = LoopDisk.of(kind, temporary.resolve("disk"));
                Device coarse = new Device("coarse", disk.folder().resolve("box"), server, new MemoryTreeStore(), 3)) {
            writeTwiceInATick(coarse, coarse::sync);
            coarse.start();
            coarse.sync();
            untilSure(coarse);
            one.sync();
            assertHas(one, "value=2");
        }
    }

    /** That is what the doubt costs where clocks are fine: nothing, or once a few files. */
    @Test
    void filesThatWereJustWrittenAreReadOnceWhereTheClockIsFine() throws Exception {
        int count = 500;
        for (int i = 0; i < count; i++) {
            one.write("folder" + i % 7 + "/file" + i, "content " + i);
        }
        long read = one.sync().done().filesRead();
        read += untilSure(one);
        assertThat(read).isBetween((long) count, count + 50L);
        one.start();
        assertThat(one.sync().done().filesRead()).isZero();
    }

    private void writeTwiceInATick(Device coarse, Work between) throws Exception {
        untilInOneTick(coarse, () -> {
            writeAll(coarse, "value=1");
            between.run();
        });
    }

    /** Does something after which all files are there, and edits them, until no stamp tells of the edits, if that can be. */
    private void untilInOneTick(Device coarse, Work work) throws Exception {
        boolean isUnseen = false;
        for (int attempt = 0; attempt < 5 && !isUnseen; attempt++) {
            awaitTick(coarse.path(""));
            work.run();
            List<String> before = stamps(coarse);
            writeAll(coarse, "value=2");
            isUnseen = before.equals(stamps(coarse));
        }
        if (!isUnseen) {
            // The clock is fine, or this computer slow; then a look finds them.
            coarse.sync();
        }
    }

    private static void awaitTick(Path folder) {
        FileTime before = time(folder);
        await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(5))
                .until(() -> !time(folder).equals(before));
    }

    private static FileTime time(Path folder) {
        try {
            Path probe = folder.resolveSibling("probe");
            Files.deleteIfExists(probe);
            Files.createFile(probe);
            return Files.getLastModifiedTime(probe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> stamps(Device device) throws IOException {
        try (Stream<String> names = NAMES.stream()) {
            return names.map(name -> {
                try {
                    return Files.readAttributes(device.path(name), "unix:ctime,lastModifiedTime,size,ino",
                            LinkOption.NOFOLLOW_LINKS).toString();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        }
    }

    /** Works as the owner of a folder does that hears nothing, until nothing is left to look at; returns how many files were read. */
    private static long untilSure(Device device) throws Exception {
        long read = 0;
        while (device.folder().retryAt().isPresent()) {
            Instant due = device.folder().retryAt().orElseThrow();
            await().pollInterval(Duration.ofMillis(20)).atMost(SOON)
                    .until(() -> !SystemTime.clock().instant().isBefore(due));
            SyncReport report = device.folder().sync(ScanScope.NOTHING, HeadNews.UNKNOWN_HEAD);
            read += report.done().filesRead();
        }
        return read;
    }

    private static void writeAll(Device device, String text) throws IOException {
        for (String name : NAMES) {
            device.write(name, text);
        }
    }

    private static void assertHas(Device device, String text) throws IOException {
        for (String name : NAMES) {
            assertThat(device.path(name)).hasContent(text);
        }
    }

    /** A part of a test. */
    private interface Work {
        void run() throws Exception;
    }
}
