package org.tidebox.storage.tests.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;
import org.tidebox.storage.provider.MetadataStore;

/** The embedded database when its disk is full: told at once, nothing lost, and it goes on by itself when there is room. */
@Tag("C1")
@Tag("P3")
final class DerbyFullDiskTest {
    private static final int MANY = 100_000;
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    /** What stands in the way of the lock file stands for whatever keeps Derby from writing when it starts. */
    @Test
    void aDatabaseThatCameUpOnlyToBeReadIsWrittenAgain() throws Exception {
        MetadataStore store = derby.open(data);
        store.settings().put("before", "it stopped");
        Path obstacle = data.resolve("metadata/db/db.lck");
        endOnItsOwn();
        Files.deleteIfExists(obstacle);
        Files.createDirectories(obstacle.resolve("in the way"));
        assertThat(failure(store)).hasMessageContaining("can only be read").hasMessageContaining("cannot be written");
        Files.delete(obstacle.resolve("in the way"));
        Files.delete(obstacle);
        write(store, "after", "it works");
        assertThat(store.settings().get("before")).contains("it stopped");
    }

    /** With some bytes left, it is the log that finds no room, and the database comes up only to be read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1_000_000})
    void aFullDiskIsToldAndGoneOnFromOnceItHasRoom(int left) throws Exception {
        mountSmallDisk();
        try {
            MetadataStore store = derby.open(data);
            int written = 0;
            Path filler = fillBut(left);
            assertThat(store.room()).isLessThanOrEqualTo(left);
            try {
                for (; written < MANY; written++) {
                    store.settings().put("k" + written, "v".repeat(1000));
                }
            } catch (StoreFullException e) {
                assertThat(e).hasMessageContaining("No room left");
            }
            assertThat(written).isLessThan(MANY);
            assertThat(failure(store)).isInstanceOf(StoreFullException.class);
            Files.delete(filler);
            write(store, "after", "it works");
            for (int i = 0; i < written; i++) {
                assertThat(store.settings().get("k" + i)).isPresent();
            }
        } finally {
            derby.close();
            new ProcessBuilder("umount", data.toString()).inheritIO().start().waitFor();
        }
    }

    /** Returns how calls fail once none meets a connection that has ended. */
    private static StorageException failure(MetadataStore store) {
        StorageException failure;
        do {
            failure = catchThrowableOfType(StorageException.class,
                    () -> store.settings().put("still", "down"));
            assertThat(failure).isNotNull();
        } while (failure.getMessage().contains("No current connection"));
        return failure;
    }

    /** Writes, once no call meets a connection that has ended. */
    private static void write(MetadataStore store, String key, String value) throws StorageException {
        boolean written = false;
        while (!written) {
            try {
                store.settings().put(key, value);
                written = true;
            } catch (StorageException e) {
                if (!e.getMessage().contains("No current connection")) {
                    throw e;
                }
            }
        }
    }

    private void endOnItsOwn() {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(data.resolve("metadata/db").toAbsolutePath().toString());
        source.setShutdownDatabase("shutdown");
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }

    private Path fillBut(int left) throws IOException {
        Path filler = data.resolve("filler");
        long more = data.toFile().getUsableSpace() - left;
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (more > 0) {
                out.write(new byte[(int) Math.min(more, 1 << 20)]);
                more = data.toFile().getUsableSpace() - left;
            }
        }
        return filler;
    }

    private void mountSmallDisk() throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", data.toString())
                .redirectErrorStream(true).start();
        Assumptions.assumeTrue(mount.waitFor() == 0, "only root can mount a disk");
    }
}
