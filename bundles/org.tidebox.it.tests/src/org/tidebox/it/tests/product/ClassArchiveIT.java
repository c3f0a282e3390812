package org.tidebox.it.tests.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Running;

/** The archive of classes that a first start leaves behind for the next ones. */
@Tag("P5")
class ClassArchiveIT {
    /** It is made at the lowest priority, so on a busy machine that takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path temp;

    @Test
    void theNextStartTakesItsClassesFromTheArchiveOfTheFirst() throws Exception {
        start(Map.of());
        Path archive = awaitArchive();
        Path loaded = temp.resolve("loaded");
        start(Map.of("TIDEBOX_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded));
        assertThat(Files.readString(loaded))
                .containsPattern("org\\.tidebox\\.server\\.\\S+ source: shared objects file");
        assertThat(archives()).containsExactly(archive);
    }

    @Test
    void anArchiveThatIsNoneChangesNothingAndOneWhoseMakerWasKilledIsMadeByTheNextStart() throws Exception {
        start(Map.of());
        Path archive = awaitArchive();
        Files.writeString(archive, "damaged");
        assertThat(start(Map.of())).as("what a start says on standard error").isEmpty();
        Files.delete(archive);
        Path making = Files.createDirectory(archive.resolveSibling(archive.getFileName() + ".making"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(making.resolve("maker"), ended.pid() + "\n");
        start(Map.of());
        assertThat(awaitArchive()).isEqualTo(archive);
    }

    /** Lets a server get ready and end, and returns its errors. */
    private String start(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        List<String> command = List.of(Products.server().toString(), "server", "run", "--data",
                temp.resolve("data").toString(), "--host", "127.0.0.1", "--port", "0");
        try (Running server = Running.start(command, environment, temp.resolve("errors"))) {
            server.stop();
            return server.errors().replaceAll("WARN +The server runs as root.*\\R", "");
        }
    }

    private Path awaitArchive() throws IOException {
        await().atMost(PATIENCE).until(() -> archives().size() == 1 && !archives().getFirst().toString().endsWith(
                ".making"));
        return archives().getFirst();
    }

    private List<Path> archives() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temp.resolve("cache/tidebox"), "server-*")) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        }
    }
}
