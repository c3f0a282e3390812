package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/**
 * What one change costs a server whose library has many entries: {@code -Dtidebox.growth.entries=10000,100000,1000000}
 * says how many, by rising number. Prints the median of each piece of work.
 */
@EnabledIfSystemProperty(named = "tidebox.growth.entries", matches = "[\\d,]+")
class GrowthFiguresTest {
    private static final int BATCH = 1_000;
    private static final int IN_A_FOLDER = 50;
    private static final int WARM_UP = 200;
    private static final int REPEATS = 201;

    @TempDir
    Path temporary;
    private TestServer server;
    private Session session;
    private LibraryId library;
    private Recipe content;
    private Node edited;
    private long head;

    /** Something whose time is taken. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Test
    void measure() throws Exception {
        try (TestServer opened = new TestServer(temporary)) {
            server = opened;
            session = server.session("ada");
            library = server.library(session, "docs");
            Sent chunk = TestServer.chunk(server.bytes(100));
            server.upload(session, library, chunk);
            content = TestServer.recipe(0, chunk.entry());
            for (String entries : System.getProperty("tidebox.growth.entries", "").split(",")) {
                fill(Integer.parseInt(entries));
                time(entries, "server: commit of one change", this::edit);
                time(entries, "server: changes since the last one", () -> assertThat(
                        server.server.libraries().changes(session, library, head - 1, null, BATCH).nodes()).hasSize(1));
            }
        }
    }

    private void edit() throws Exception {
        Node next = edited.withPlace(NodeId.ROOT, "edited" + head);
        CommitResult result = server.commit(session, library, new Change(head, next));
        head = result.head();
        edited = next;
    }

    private void fill(int entries) throws Exception {
        NodeId folder = NodeId.ROOT;
        while (head < entries) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                Node node = i % IN_A_FOLDER == 0
                        ? server.folder(NodeId.ROOT, "folder" + (head + i))
                        : server.file(folder, "file" + i, content);
                folder = i % IN_A_FOLDER == 0 ? node.id() : folder;
                changes.add(new Change(0, node));
            }
            head = server.commit(session, library, changes.toArray(Change[]::new)).head();
        }
        // The next edit builds on the newest change.
        edited = server.file(NodeId.ROOT, "new with " + entries, content);
        head = server.commit(session, library, new Change(0, edited)).head();
    }

    private static void time(String entries, String what, Work work) throws Exception {
        long[] nanos = new long[REPEATS];
        for (int i = -WARM_UP; i < REPEATS; i++) {
            long began = System.nanoTime();
            work.run();
            nanos[Math.max(i, 0)] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf("FIGURE growth %s %.3f ms %s%n", entries, nanos[REPEATS / 2] / 1e6, what);
    }
}
