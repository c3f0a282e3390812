package org.tidebox.sync.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.WatchedRemote;

/** Windows overlap on their way to the server, and still the server never sees anything before what it names. */
class UploadPipelineTest {
    /** More than a window, so that lists of one window name pieces of another. */
    private static final int LENGTH = 13 << 20;
    private static final int FILES = 3;

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private final WatchedRemote watched = new WatchedRemote(server);

    @Test
    @Tag("C5")
    void piecesTravelWhileAnEarlierWindowIsStored() throws Exception {
        watched.holdFirstUntilAnotherCame();
        try (Device one = device("one", 1)) {
            writeFiles(one);
            assertThat(one.sync().quiet()).isTrue();
        }
        assertThat(watched.mostAtOnce()).isEqualTo(2);
        assertThat(watched.faults()).isEmpty();
        assertSecondDeviceGetsAll();
    }

    @Test
    @Tag("C5")
    void eachPieceTravelsOnce() throws Exception {
        try (Device one = device("one", 1)) {
            writeFiles(one);
            assertThat(one.sync().quiet()).isTrue();
        }
        assertThat(server.bytesUp).isBetween((long) FILES * LENGTH, (long) FILES * LENGTH + (1 << 20));
        assertThat(watched.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    @Tag("C8")
    void whicheverUploadBreaksTheNextRunEndsTheWork(int upload) throws Exception {
        watched.failUpload(upload);
        try (Device one = device("one", 1)) {
            writeFiles(one);
            assertThatThrownBy(one::sync).isInstanceOf(RemoteException.class);
            assertThat(one.sync().quiet()).isTrue();
        }
        assertThat(watched.faults()).isEmpty();
        assertSecondDeviceGetsAll();
    }

    private void assertSecondDeviceGetsAll() throws Exception {
        try (Device two = device("two", 2)) {
            assertThat(two.sync().quiet()).isTrue();
            for (int i = 0; i < FILES; i++) {
                assertThat(Files.readAllBytes(two.path("file" + i))).as("file %d", i).isEqualTo(content(i));
            }
        }
    }

    private Device device(String name, long seed) throws IOException {
        return new Device(name, temporary.resolve(name), watched.remote(), new MemoryTreeStore(), seed);
    }

    private static void writeFiles(Device device) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.write(device.path("file" + i), content(i));
        }
    }

    private static byte[] content(int seed) {
        byte[] content = new byte[LENGTH];
        new Random(seed).nextBytes(content);
        return content;
    }
}
