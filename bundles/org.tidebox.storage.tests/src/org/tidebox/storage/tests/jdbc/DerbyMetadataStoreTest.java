package org.tidebox.storage.tests.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.tests.OtherProcess;
import org.tidebox.storage.tests.contract.Nodes;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.CommitResult.Outcome;
import org.tidebox.tree.Conflict.Reason;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** The embedded database: what stays after a restart, and who is refused. */
@Tag("P3")
final class DerbyMetadataStoreTest {
    private final Random random = new Random(8);
    private final Nodes nodes = new Nodes(random);
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    @Test
    @Tag("C3")
    void everythingIsThereAfterReopening() throws Exception {
        LibraryId library = LibraryId.random(random);
        MetadataStore first = derby.open(data);
        Account anna = first.accounts().add("anna", Instant.EPOCH);
        first.journal().create(anna.id(), library, "home", LibraryKind.SYNC);
        List<Node> written = nodes.append(first.journal(), library, List.of(nodes.file(NodeId.ROOT, "a")));
        first.close();
        MetadataStore second = derby.open(data);
        assertThat(second.accounts().list()).containsExactly(anna);
        assertThat(second.journal().changes(library, 0, 10).nodes()).isEqualTo(written);
        Node next = nodes.append(second.journal(), library, List.of(nodes.file(NodeId.ROOT, "b"))).get(0);
        assertThat(next.sequence()).isEqualTo(2);
    }

    /** Earlier versions of Tidebox kept the nodes themselves that stood in the way of changes. */
    @Test
    @Tag("C1")
    void answersThatKeptNodesAreStillRead() throws Exception {
        LibraryId library = LibraryId.random(random);
        CommitId commit = nodes.commit();
        Node node = Node.folder(NodeId.random(random), NodeId.ROOT, "a", new Attributes(0755, 7)).withSequence(9);
        try (MetadataStore first = derby.open(data)) {
            first.journal().create(1, library, "home", LibraryKind.SYNC);
            first.journal().transact(library, t -> t.append(commit, new CommitResult(0, List.of()), List.of(), 7,
                    Instant.EPOCH));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(answer)) {
            out.writeLong(0);
            out.writeInt(2);
            out.writeByte('R');
            writeText(out, "NO_PARENT");
            out.writeByte('N');
            writeText(out, "STALE");
            out.write(node.id().toBytes());
            out.writeLong(9);
            out.write(NodeId.ROOT.toBytes());
            writeText(out, "a");
            writeText(out, "FOLDER");
            out.writeInt(0755);
            out.writeLong(7);
            out.writeBoolean(false);
        }
        execute("UPDATE commits SET answer = CAST(X'" + HexFormat.of().formatHex(answer.toByteArray()) + "' AS BLOB)");

        MetadataStore second = derby.open(data);
        assertThat(second.journal().transact(library, t -> t.answered(commit)).orElseThrow().outcomes())
                .containsExactly(Outcome.rejected(Reason.NO_PARENT, null), Outcome.rejected(Reason.STALE, node));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Tag("C1")
    void journalFromBeforeThereWereMarksGetsThem() throws Exception {
        LibraryId library = LibraryId.random(random);
        LibraryId empty = LibraryId.random(random);
        CommitId commit = nodes.commit();
        try (MetadataStore first = derby.open(data)) {
            first.journal().create(1, library, "home", LibraryKind.SYNC);
            first.journal().create(1, empty, "empty", LibraryKind.SYNC);
            nodes.append(first.journal(), library,
                    List.of(nodes.file(NodeId.ROOT, "a"), nodes.file(NodeId.ROOT, "b")), Instant.EPOCH.plusSeconds(7));
            first.journal().transact(library, t -> t.append(commit, new CommitResult(2, List.of()), List.of(), 7,
                    Instant.EPOCH));
        }
        execute("DROP TABLE sessions");
        execute("ALTER TABLE libraries DROP CONSTRAINT libraries_name");
        execute("ALTER TABLE libraries ADD CONSTRAINT libraries_name UNIQUE (account, name)");
        execute("ALTER TABLE versions DROP COLUMN weight");
        execute("ALTER TABLE commits DROP COLUMN weight");
        execute("ALTER TABLE libraries DROP COLUMN used");
        execute("DROP TABLE marks");
        execute("DROP INDEX commits_answered");
        execute("ALTER TABLE commits DROP COLUMN answered");
        execute("ALTER TABLE versions DROP COLUMN extended");
        execute("DROP INDEX versions_parent");
        execute("ALTER TABLE versions DROP COLUMN thinned");
        execute("DROP TABLE wanted");
        execute("ALTER TABLE chunks DROP COLUMN damaged_since");
        execute("ALTER TABLE devices DROP COLUMN address");
        execute("ALTER TABLE devices DROP COLUMN removed");
        execute("DROP INDEX attempts_expires");
        execute("ALTER TABLE attempts DROP COLUMN right_time");
        execute("ALTER TABLE attempts DROP COLUMN expires");
        execute("CREATE INDEX attempts_time ON attempts (last_time)");
        execute("UPDATE schema_version SET version = 2");

        MetadataStore second = derby.open(data);
        assertThat(second.journal().create(1, LibraryId.random(random), "home", LibraryKind.BOX).name())
                .isEqualTo("home");
        Mark before = new Mark(2, library.toBytes());
        assertThat(second.journal().mark(library, 1)).contains(before.at(1));
        assertThat(second.journal().mark(library, 2)).contains(before);
        assertThat(second.journal().mark(library, 3)).isEmpty();
        assertThat(second.journal().transact(library, t -> t.answered(commit)).map(CommitResult::mark))
                .contains(before);
        for (LibraryId each : List.of(library, empty)) {
            List<Node> next = nodes.append(second.journal(), each, List.of(nodes.file(NodeId.ROOT, "c")));
            assertThat(second.journal().changes(each, 0, 9).mark().sequence())
                    .isEqualTo(next.getFirst().sequence());
        }
        assertThat(second.journalUpkeep().forgetAnswers(library, Instant.EPOCH.plusSeconds(7), 9)).isZero();
        assertThat(second.journalUpkeep().forgetAnswers(library, Instant.EPOCH.plusSeconds(8), 9)).isEqualTo(2);
    }

    @Test
    void secondStoreIsRefused() throws Exception {
        MetadataStore first = derby.open(data);
        assertThatThrownBy(() -> new Derby().open(data)).isInstanceOf(StorageException.class)
                .hasMessageContaining("Another server").hasMessageContaining(data.toString());
        first.settings().put("still", "works");
    }

    @Test
    void storeOfAnotherProcessIsRefused(@TempDir Path scratch) throws Exception {
        try (OtherProcess other = OtherProcess.locking(data.resolve("metadata"), scratch)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> derby.open(data)).isInstanceOf(StorageException.class)
                    .hasMessageContaining("Another server");
        }
        derby.open(data).settings().put("now", "works");
    }

    @Test
    void newerSchemaIsRefused() throws Exception {
        derby.open(data).close();
        execute("UPDATE schema_version SET version = version + 90");
        assertThatThrownBy(() -> derby.open(data)).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e).hasMessageContaining("knows only up to");
            assertThat(e.isPermanent()).isTrue();
        });
        execute("UPDATE schema_version SET version = version - 90");
        derby.open(data).settings().put("now", "works");
    }

    @Test
    void databaseWhoseMakingWasCutShortIsMadeAnew() throws Exception {
        Path half = Files.createDirectories(data.resolve("metadata/db.new/seg0"));
        Files.writeString(half.resolve("c10.dat"), "half");
        derby.open(data).settings().put("it", "works");
    }

    @Test
    void damagedDatabaseIsToldAsSuch() throws Exception {
        derby.open(data).close();
        try (Stream<Path> files = Files.list(data.resolve("metadata/db/seg0"))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        }
        assertThatThrownBy(() -> derby.open(data)).isInstanceOf(StorageException.class)
                .hasMessageContaining(data.resolve("metadata").toString()).hasMessageContaining("backup");
    }

    @Test
    void nothingIsWrittenBesideTheDataFolder() throws IOException, StorageException {
        derby.open(data).close();
        assertThat(Path.of("derby.log")).doesNotExist();
    }

    private void execute(String sql) throws SQLException {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(data.resolve("metadata/db").toString());
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        source.setShutdownDatabase("shutdown");
        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
    }
}
