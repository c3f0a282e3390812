package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** Modes and times travel exactly; clocks that jump and files that change while they are read do no harm. */
@Tag("C1")
class AttributesTest extends OnTwoDevices {
    @Test
    void timesTravelToTheNanosecondAlsoVeryOldAndFutureOnes() throws Exception {
        List<String> times = List.of("2001-02-03T04:05:06.123456789Z", "1969-12-31T23:59:59Z",
                "1901-12-14T00:00:00Z", "1970-01-01T00:00:00Z", "2106-02-07T06:28:16.5Z",
                "2261-12-31T23:59:59.999999999Z");
        for (String time : times) {
            one.write(time, "content");
            setTime(one.path(time), Instant.parse(time));
        }
        assertSame();
        for (String time : times) {
            assertThat(Files.getLastModifiedTime(two.path(time))).isEqualTo(Files.getLastModifiedTime(one.path(time)));
        }
    }

    /** A device looks at a content once more after it set a time; that is no reason to insist on this time. */
    @Test
    void timesThatFollowEachOtherAllArrive() throws Exception {
        one.write("file", "content");
        assertSame();
        for (int day = 1; day <= 4; day++) {
            Instant time = Instant.parse("2020-01-0" + day + "T00:00:00Z");
            setTime(one.path("file"), time);
            one.sync();
            two.sync();
            assertThat(Files.getLastModifiedTime(two.path("file")).toInstant()).isEqualTo(time);
        }
        assertSame();
    }

    @Test
    void everyModeOfAFileTravelsAndAModeAloneMovesNoContent() throws Exception {
        for (int mode = 0; mode <= 0777; mode += 7) {
            one.write("file " + mode, "content");
            setMode(one.path("file " + mode), mode | 0400);
        }
        assertSame();
        long chunks = server.chunksUp + server.chunksDown;
        for (int mode = 0; mode <= 0777; mode += 7) {
            setMode(one.path("file " + mode), 0777 - mode | 0400);
        }
        assertSame();
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
    }

    @Test
    void anEditThatKeepsSizeAndTimeIsSeen() throws Exception {
        one.write("file", "before");
        Instant time = Instant.parse("2020-01-01T00:00:00Z");
        setTime(one.path("file"), time);
        assertSame();
        one.write("file", "after!");
        setTime(one.path("file"), time);
        assertSame();
        assertThat(two.read("file")).isEqualTo("after!");
    }

    @Test
    void aClockThatJumpsDoesNoHarm() throws Exception {
        AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ZERO);
        try (Device drifting = new Device("drifting", temporary.resolve("drifting"), server,
                new MemoryTreeStore(), 3, () -> SystemTime.clock().instant().plus(wrong.get()))) {
            for (int days : new int[]{0, 4000, -1, -9000, 30_000, 0}) {
                wrong.set(Duration.ofDays(days));
                drifting.write("file", "written at " + days);
                drifting.write("new " + days, "written at " + days);
                one.write("from one", "written before " + days);
                for (int round = 0; round < 2; round++) {
                    one.sync();
                    assertThat(drifting.sync().quiet()).isTrue();
                }
                assertThat(drifting.content()).isEqualTo(one.content());
            }
            assertThat(one.content().keySet()).noneMatch(name -> name.contains("conflict"));
        }
    }

    @Test
    void whatFailedIsTriedAgainSoonAlsoAfterTheClockWasSetBack() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
        one.write("lost and found", "content");
        one.sync();
        var chunk = server.live().getFirst().recipe().entries().getFirst().id();
        server.forget(chunk);
        try (Device drifting = new Device("drifting", temporary.resolve("drifting"), server,
                new MemoryTreeStore(), 3, now::get)) {
            drifting.sync();
            assertThat(drifting.folder().retryAt().orElseThrow()).isAfter(now.get());
            now.set(Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(drifting.folder().retryAt().orElseThrow()).isBeforeOrEqualTo(now.get());
            one.write("copy", "content");
            one.sync();
            drifting.sync();
            assertThat(drifting.read("lost and found")).isEqualTo("content");
        }
    }

    @Test
    void aFileThatChangesWhileItIsReadIsSentWholeOrNotYet() throws Exception {
        Path file = one.path("growing");
        Files.write(file, new byte[200_000]);
        one.close();
        int[] edits = {0};
        try (SyncFolder busy = folderThatReadsWith(new Interrupted(new FastCdcChunker(), () -> {
            if (edits[0]++ < 3) {
                Files.write(file, new byte[]{'x', (byte) edits[0]}, StandardOpenOption.APPEND);
            }
        }))) {
            for (int i = 0; i < 5; i++) {
                busy.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN_HEAD);
                if (two.sync().quiet() && Files.exists(two.path("growing"))) {
                    assertThat(Files.size(two.path("growing"))).as("a state that was there").isGreaterThan(200_000);
                }
            }
            assertThat(Files.mismatch(file, two.path("growing"))).isEqualTo(-1);
            assertThat(edits[0]).isGreaterThan(3);
        }
    }

    private SyncFolder folderThatReadsWith(Chunker chunker) {
        return SyncFolder.builder().id(new FolderId("0".repeat(32))).root(temporary.resolve("one"))
                .library(Device.LIBRARY).device("busy").trees(new MemoryTreeStore()).remote(server)
                .chunkers(Device.chunkers(chunker)).clock(SystemTime.clock()).build();
    }

    /** What happens to a file meanwhile. */
    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** Cuts files, and lets something happen in the middle of it. */
    private record Interrupted(Chunker chunker, Meanwhile meanwhile) implements Chunker {
        @Override
        public String name() {
            return chunker.name();
        }

        @Override
        public int maxLength() {
            return chunker.maxLength();
        }

        @Override
        public int cut(byte[] data, int from, int to) {
            try {
                meanwhile.happens();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return chunker.cut(data, from, to);
        }
    }

    private static void setTime(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void setMode(Path file, int mode) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 9; bit++) {
            text.append((mode & 0400 >> bit) == 0 ? '-' : "rwx".charAt(bit % 3));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text.toString()));
    }
}
