package org.tidebox.storage.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.storage.Account;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
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
