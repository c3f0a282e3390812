package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.DeepFaults;
import org.tidebox.server.tests.FaultCounter;
import org.tidebox.server.tests.FaultCounter.When;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.ProblemException;

/**
 * A server starts after a crash in the middle of a write, and ends again at a call to disk or database while it makes
 * that good and takes in the next upload. Whatever happens, the start after that finds everything whole.
 */
@Tag("P3")
class FailingStartTest {
    private static final int STEP = Integer.getInteger("tidebox.faults.step", 11);
    private static final byte[] HALF_WRITTEN = new byte[777];
    @TempDir
    Path folder;
    private final FaultCounter faults = new FaultCounter();
    private final Random random = new Random(6);
    private final List<Content> stored = new ArrayList<>();
    private LibraryId library;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nextStartRecovers(boolean connectionBreaks) throws Exception {
        try (TestServer server = open(connectionBreaks)) {
            Session session = server.session("ada");
            library = server.library(session, "docs");
            upload(server, session);
        }
        Set<String> ended = new TreeSet<>();
        for (When when : When.values()) {
            boolean reached = true;
            for (int n = 1; reached; n += STEP) {
                reached = endOnce(when, n, connectionBreaks, ended);
            }
        }
        assertThat(ended).contains("PreparedStatement.executeQuery");
    }

    private boolean endOnce(When when, int n, boolean connectionBreaks, Set<String> ended) throws Exception {
        tearPack();
        faults.arm(n, when, true);
        try (TestServer server = open(connectionBreaks)) {
            upload(server, server.server.sessions().check(server.login("ada"), TestServer.ADDRESS));
        } catch (StorageException | ServerStartException | ProblemException e) {
            assertThat(faults.failed()).as(e.getMessage()).isNotNull();
        }
        String call = faults.failed();
        faults.disarm();
        if (call != null) {
            ended.add(call);
        }
        try (TestServer server = open(connectionBreaks)) {
            Session session = server.server.sessions().check(server.login("ada"), TestServer.ADDRESS);
            upload(server, session);
            String as = "ended " + when + " " + call + " (call " + n + ")";
            for (Content content : stored) {
                assertThat(Contents.fetch(server.server, session, library, content.recipe())).as(as)
                        .isEqualTo(content.bytes());
            }
            Upkeep upkeep = new Upkeep(server.data, server.clock);
            assertThat(upkeep.check(false).findings()).as(as).isEmpty();
            assertThat(upkeep.scrub().findings()).as(as).isEmpty();
        }
        return call != null;
    }

    private TestServer open(boolean connectionBreaks) throws Exception {
        return new TestServer(new ServerLocation(folder, "localhost", 0, false, Map.of()),
                new DeepFaults(faults, connectionBreaks).storage());
    }

    private void upload(TestServer server, Session session) throws Exception {
        Content content = Contents.random(random, 1000);
        NodeId id = NodeId.random(random);
        Node file = Node.file(id, NodeId.ROOT, "n" + id, TestServer.ATTRIBUTES, content.recipe());
        server.upload(session, library, content.chunks(),
                new Commit(CommitId.random(random), List.of(new Change(0, file))));
        stored.add(content);
    }

    private void tearPack() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("packs"))) {
            Path newest = files.filter(file -> file.toString().endsWith(".pack")).sorted().toList().getLast();
            Files.write(newest, HALF_WRITTEN, StandardOpenOption.APPEND);
        }
    }
}
