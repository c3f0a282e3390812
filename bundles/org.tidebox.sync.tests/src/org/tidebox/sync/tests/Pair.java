package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two devices that keep a folder the same through a server in memory, on the real file system. */
final class Pair implements AutoCloseable {
    final MemoryRemote server = new MemoryRemote();
    final Device one;
    final Device two;

    Pair(Path temporary) throws IOException {
        one = new Device("one", temporary.resolve("one"), server, new MemoryTreeStore(), 1);
        two = new Device("two", temporary.resolve("two"), server, new MemoryTreeStore(), 2);
    }

    /** Lets both work until nothing is left to do but problems. */
    void settle() throws Exception {
        for (Device device : List.of(one, two, one, two)) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
    }

    /** Settles, and asserts that both folders hold the same. */
    void assertSame() throws Exception {
        settle();
        assertThat(two.content()).isEqualTo(one.content());
    }

    @Override
    public void close() {
        one.close();
        two.close();
    }
}
