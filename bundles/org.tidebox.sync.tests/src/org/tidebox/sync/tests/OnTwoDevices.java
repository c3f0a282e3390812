package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two devices that keep a folder the same through a server in memory, on the real file system. */
public abstract class OnTwoDevices {
    @TempDir
    public Path temporary;
    public final MemoryRemote server = new MemoryRemote();
    public Device one;
    public Device two;

    @BeforeEach
    public final void startDevices() throws IOException {
        one = new Device("one", temporary.resolve("one"), server, new MemoryTreeStore(), 1);
        two = new Device("two", temporary.resolve("two"), server, new MemoryTreeStore(), 2);
    }

    @AfterEach
    public final void stopDevices() {
        one.close();
        two.close();
    }

    /** Lets both work until nothing is left to do but problems. */
    public final void settle() throws Exception {
        for (Device device : List.of(one, two, one, two)) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
    }

    /** Settles, and asserts that both folders hold the same. */
    public final void assertSame() throws Exception {
        settle();
        assertThat(two.content()).isEqualTo(one.content());
    }

    public static void swap(Path one, Path other) throws IOException {
        Path aside = one.resolveSibling("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    public static void removeTree(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
