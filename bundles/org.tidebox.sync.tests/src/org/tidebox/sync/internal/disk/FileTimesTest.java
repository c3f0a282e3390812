package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.LoopDisk;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** Times of modification far from today, on real disks with limits of their own. */
@Tag("C1")
class FileTimesTest extends OnTwoDevices {
    private static final String EARLIEST = "1677-09-21T00:12:44Z";
    private static final String LATEST = "2262-04-11T23:47:16Z";

    @Test
    void aTimeBefore1970ArrivesToTheSecondAndIsNotSentBack() throws Exception {
        write(one, "file", "1950-06-01T12:00:00.5Z");
        settle();
        assertTime(one, "file", "1950-06-01T12:00:00.5Z");
        assertTime(two, "file", "1950-06-01T12:00:00Z");
        touch(one, "file", "1969-12-31T23:59:59.75Z");
        settle();
        assertTime(one, "file", "1969-12-31T23:59:59.75Z");
        assertTime(two, "file", "1969-12-31T23:59:59Z");
        assertThat(one.folder().status().problems()).isEmpty();
        assertThat(two.folder().status().problems()).isEmpty();
    }

    @Test
    void whatTheWireCarriesArrivesAndWhatItDoesNotIsToldWhereItIs() throws Exception {
        try (LoopDisk here = LoopDisk.of(LoopDisk.Kind.TMPFS, temporary.resolve("here"));
                LoopDisk there = LoopDisk.of(LoopDisk.Kind.TMPFS, temporary.resolve("there"));
                Device sender = new Device("here", here.folder().resolve("box"), server, new MemoryTreeStore(), 3);
                Device receiver = new Device("there", there.folder().resolve("box"), server, new MemoryTreeStore(),
                        4)) {
            for (String year : List.of("1601", "1700", "2200", "2300", "2500")) {
                write(sender, year, year + "-01-01T00:00:00Z");
            }
            settle(sender, receiver);
            for (int start = 1; start <= 2; start++) {
                for (String year : List.of("1601", "1700", "2200", "2300", "2500")) {
                    assertTime(sender, year, year + "-01-01T00:00:00Z");
                }
                assertTime(receiver, "1601", EARLIEST);
                assertTime(receiver, "1700", "1700-01-01T00:00:00Z");
                assertTime(receiver, "2200", "2200-01-01T00:00:00Z");
                assertTime(receiver, "2300", LATEST);
                assertTime(receiver, "2500", LATEST);
                assertThat(sender.folder().status().problems()).extracting(Problem::path)
                        .containsExactly("1601", "2300", "2500");
                assertThat(sender.folder().status().problems()).extracting(Problem::reason)
                        .allMatch(Obstacle.TimeNotSent.class::isInstance);
                assertThat(receiver.folder().status().problems()).isEmpty();
                sender.start();
                receiver.start();
                settle(sender, receiver);
            }
            for (String year : List.of("1601", "2300", "2500")) {
                touch(sender, year, "2020-01-01T00:00:00Z");
            }
            settle(sender, receiver);
            assertThat(sender.folder().status().problems()).isEmpty();
            assertTime(receiver, "2500", "2020-01-01T00:00:00Z");
        }
    }

    @Test
    void aTimeThatADiskDoesNotHoldIsToldThereAndNotSentBack() throws Exception {
        try (LoopDisk small = LoopDisk.of(LoopDisk.Kind.EXT4_OF_128_BYTES, temporary.resolve("small"));
                LoopDisk wide = LoopDisk.of(LoopDisk.Kind.TMPFS, temporary.resolve("wide"));
                Device limited = new Device("limited", small.folder().resolve("box"), server, new MemoryTreeStore(), 3);
                Device sender = new Device("wide", wide.folder().resolve("box"), server, new MemoryTreeStore(), 4)) {
            write(sender, "arrives so", "2050-01-01T00:00:00Z");
            write(sender, "early", "1700-01-01T00:00:00Z");
            write(sender, "becomes so", "2020-01-01T00:00:00Z");
            settle(sender, limited);
            touch(sender, "becomes so", "2060-01-01T00:00:00Z");
            settle(sender, limited);
            for (int start = 1; start <= 2; start++) {
                assertTime(sender, "arrives so", "2050-01-01T00:00:00Z");
                assertTime(sender, "early", "1700-01-01T00:00:00Z");
                assertTime(sender, "becomes so", "2060-01-01T00:00:00Z");
                assertTime(limited, "arrives so", "2038-01-19T03:14:07Z");
                assertTime(limited, "early", "1901-12-13T20:45:52Z");
                assertThat(sender.folder().status().problems()).isEmpty();
                assertThat(limited.folder().status().problems()).extracting(Problem::path)
                        .containsExactly("arrives so", "becomes so", "early");
                limited.start();
                settle(sender, limited);
            }
            limited.write("arrives so", "edited there");
            touch(limited, "becomes so", "2021-01-01T00:00:00Z");
            settle(limited, sender);
            assertThat(sender.read("arrives so")).isEqualTo("edited there");
            assertTime(sender, "becomes so", "2021-01-01T00:00:00Z");
            assertThat(limited.folder().status().problems()).extracting(Problem::path).containsExactly("early");
        }
    }

    private static void settle(Device first, Device second) throws Exception {
        for (Device device : List.of(first, second, first, second)) {
            device.sync();
            // Where times are coarse, a young file is looked at once more.
            device.sync();
        }
    }

    private static void write(Device device, String file, String time) throws Exception {
        device.write(file, "content of " + file);
        touch(device, file, time);
    }

    /** Sets it without Java, which cannot set all of them. */
    private static void touch(Device device, String file, String time) throws Exception {
        try {
            int status = new ProcessBuilder("touch", "-d", time, device.path(file).toString()).inheritIO().start()
                    .waitFor();
            Assumptions.assumeTrue(status == 0, "this needs a touch that takes " + time);
        } catch (IOException e) {
            Assumptions.abort("this needs the program touch: " + e.getMessage());
        }
    }

    private static void assertTime(Device device, String file, String time) throws IOException {
        assertThat(Files.getLastModifiedTime(device.path(file))).as(file).hasToString(time);
    }
}
