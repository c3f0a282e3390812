package org.tidebox.server.tests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.Contents;
import org.tidebox.server.tests.Contents.Content;
import org.tidebox.server.tests.Sql;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.upkeep.CheckReport;
import org.tidebox.server.upkeep.Upkeep;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** What a check finds in a database that somebody or something has damaged, and what can be made good. */
@Tag("P3")
class CheckTest {
    @TempDir
    Path folder;
    private TestServer server;
    private Session session;
    private LibraryId library;
    private Upkeep upkeep;
    private final List<Content> contents = new ArrayList<>();

    @BeforeEach
    void storeSomeFiles() throws Exception {
        server = new TestServer(folder);
        session = server.session("ada");
        library = server.library(session, "docs");
        upkeep = new Upkeep(server.data, server.clock);
        Node outer = server.folder(NodeId.ROOT, "outer");
        Node inner = server.folder(outer.id(), "inner");
        server.commit(session, library, new Change(0, outer), new Change(0, inner));
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            Content content = Contents.random(random, 1000);
            contents.add(content);
            Node file = server.file(i % 2 == 0 ? inner.id() : NodeId.ROOT, "file" + i, content.recipe());
            server.upload(session, library, content.chunks(),
                    new Commit(CommitId.random(server.random), List.of(new Change(0, file))));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void soundServerHasNoFindings() throws Exception {
        CheckReport report = upkeep.check(false);
        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes()).isEqualTo(8);
        assertThat(report.versions()).isEqualTo(6);
        assertThat(report.chunks()).isPositive();
        assertThat(report.packs()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    DELETE FROM versions WHERE sequence = 4                                             | gap
                    UPDATE libraries SET head = 9                                                       | its head is 9
                    DELETE FROM nodes WHERE sequence = 4                                                | newer than what counts
                    UPDATE nodes SET sequence = 20 WHERE sequence = 4                                   | not there
                    UPDATE versions SET name = 'other' WHERE sequence = 4                               | takes up
                    UPDATE versions SET deleted = TRUE WHERE sequence = 1                               | takes up
                    DELETE FROM nodes WHERE sequence = 1                                                | no live folder
                    UPDATE versions SET parent = (SELECT node FROM versions WHERE sequence = 2) WHERE sequence = 1 | inside itself
                    UPDATE versions SET recipe = X'0102' WHERE sequence = 5                             | cannot be read
                    UPDATE accounts SET used = used + 1                                                 | is said to use
                    UPDATE chunks SET raw_length = raw_length + 1                                       | should stand for
                    UPDATE chunks SET level = level + 1 WHERE level > 0                                 | at level
                    DELETE FROM chunks WHERE level = 0                                                  | not in the index
                    UPDATE chunks SET position = position + 1                                           | damaged
                    UPDATE chunks SET pack = '0000ffff-12345678'                                        | not there
                    """)
    void damageIsFound(String sql, String told) throws Exception {
        Sql.run(folder, sql);
        CheckReport report = upkeep.check(false);
        assertThat(report.count()).isPositive();
        assertThat(report.findings()).anyMatch(found -> found.problem().contains(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM chunks", "DROP TABLE chunks",
            "UPDATE chunks SET pack = '0000ffff-12345678'", "UPDATE chunks SET position = 16",
            "DELETE FROM chunks WHERE level > 0", "UPDATE accounts SET used = 5"})
    void indexIsMadeAnewFromThePacks(String sql) throws Exception {
        long used = server.admin.listAccounts().getFirst().used();
        Sql.run(folder, sql);
        assertThat(upkeep.check(false).findings()).isNotEmpty();
        assertThat(upkeep.check(true).findings()).isEmpty();
        for (Content content : contents) {
            assertThat(Contents.fetch(server.server, session, library, content.recipe())).isEqualTo(content.bytes());
            assertThat(server.server.transfers().missing(session, library, content.ids()).ids()).isEmpty();
        }
        assertThat(server.admin.listAccounts().getFirst().used()).isEqualTo(used);
        assertThat(upkeep.gc(Upkeep.LEASE).waitingChunks()).isZero();
        assertThat(upkeep.check(true).rebuilt()).as("a second time there is nothing to do").isZero();
    }
}
