package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.ServerFeatures;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestProcess;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestStorage;
import org.tidebox.tree.LibraryId;

/** A server whose database is damaged or gone does not start, and says how to go on. */
@Tag("P3")
class LostDatabaseTest {
    @TempDir
    Path folder;

    @BeforeEach
    void storeSomething() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            LibraryId library = server.library(session, "docs");
            server.upload(session, library, TestServer.chunk(server.bytes(500)));
        }
    }

    @Test
    void lostDatabaseIsNotTakenForANewServer() throws Exception {
        deleteTree(folder.resolve("metadata"));
        assertThat(refusal()).contains("metadata database is empty").contains("backup").contains("move the packs");
        assertThat(refusal()).as("not at the second try either").contains("metadata database is empty");
        Files.move(folder.resolve("packs"), folder.resolve("old packs"));
        assertThat(refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"service.properties", "log/log1.dat", "seg0"})
    void damagedDatabaseIsRefused(String part) throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("metadata/db").resolve(part))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] noise = new byte[(int) Files.size(file)];
                new Random(4).nextBytes(noise);
                Files.write(file, noise);
            }
        }
        assertThat(refusal()).contains(folder.resolve("metadata").toString()).contains("put back a backup")
                .contains("packs hold the contents").doesNotContain("\n");
    }

    /** Returns why the server does not start, or {@code null} if it does. */
    private String refusal() {
        ServerLocation location = new ServerLocation(folder, "localhost", 0, false, Map.of());
        ServerFeatures features = new ServerFeatures(location, List::of);
        try (ServerData data = new ServerData(location, new TestStorage(), features, new TestProcess())) {
            data.awaitOpen();
            return null;
        } catch (ServerStartException e) {
            return e.getMessage();
        }
    }

    private static void deleteTree(Path root) throws Exception {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
