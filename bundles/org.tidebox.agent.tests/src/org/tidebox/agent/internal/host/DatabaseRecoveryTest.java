package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Home;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.ClientDatabaseProvider;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeStoreException.Reason;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/** What becomes of a device whose database is damaged, deleted or in other hands; with the real database. */
@Tag("C2")
class DatabaseRecoveryTest {
    private static final Map<String, String> SETTINGS = Map.of("token", "s3cret", "account", "ada",
            "device", "läptop = 1");
    private static final int NODES = 3_000;
    private static final int LARGE = 150_000;

    @TempDir
    private Path temporary;
    private final Random random = new Random(4);
    private final FolderDefinition papers = new FolderDefinition(FolderId.random(random), "/home/ada/pa pers",
            LibraryId.random(random), "papers", false, true);
    private final FolderDefinition films = new FolderDefinition(FolderId.random(random), "../films",
            LibraryId.random(random), "Filme: neu", true, false);
    private Home home;

    @BeforeEach
    void fill() throws Exception {
        home = new Home(temporary.resolve("home"), false);
        home.create();
        try (ClientDatabase database = open()) {
            for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
                database.putSetting(setting.getKey(), setting.getValue());
            }
            database.putFolder(papers);
            database.putFolder(films);
            TreeUpdate update = new TreeUpdate().cursor(NODES);
            for (int i = 0; i < NODES; i++) {
                Node node = Node.folder(NodeId.random(random), NodeId.ROOT, "folder " + i, new Attributes(0755, i))
                        .withSequence(i + 1);
                update.synced(node.id(), new SyncedNode(node, node.name(), DiskStamp.UNKNOWN));
            }
            database.trees(papers.id()).write(update);
        }
    }

    @Test
    void aDamagedDatabaseIsMovedAsideAndBuiltAnewWithLoginAndFolders() throws Exception {
        for (Path table : tables()) {
            overwrite(table, 0);
        }
        assertBuiltAnew();
        assertThat(home.root().resolve("database.damaged-1/db/seg0")).isNotEmptyDirectory();
        assertThat(DatabaseRecovery.notice(home)).contains(home.root().resolve("database.damaged-1").toString());
    }

    @Test
    void damageThatShowsInUseIsRememberedForTheNextStart() throws Exception {
        // The first pages of large tables stay, so that the damage does not show when the database is opened.
        for (Path table : tables()) {
            overwrite(table, LARGE);
        }
        try (ClientDatabase database = open()) {
            assertThatThrownBy(() -> database.trees(papers.id()).children(NodeId.ROOT))
                    .isInstanceOfSatisfying(TreeStoreException.class,
                            e -> assertThat(e.getReason()).isEqualTo(Reason.DAMAGED))
                    .hasMessageContaining("At its next start");
            assertThat(DatabaseRecovery.notice(home)).as("nothing is moved while it is in use").isNull();
        }
        assertBuiltAnew();
        assertThat(DatabaseRecovery.notice(home)).isNotNull();
    }

    @Test
    void aDeletedDatabaseIsBuiltAnew() throws Exception {
        removeTree(home.database());
        assertBuiltAnew();
        assertThat(DatabaseRecovery.notice(home)).isNull();
    }

    @Test
    void eachDamagedDatabaseIsKept() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Files.delete(home.database().resolve("db/service.properties"));
            assertBuiltAnew();
            assertThat(home.root().resolve("database.damaged-" + i)).isDirectory();
        }
    }

    @Test
    void aDatabaseInOtherHandsIsLeftAlone() throws Exception {
        try (ClientDatabase other = open()) {
            assertThatThrownBy(this::open).isInstanceOf(TreeStoreException.class)
                    .hasMessageContaining("in use by another process");
            assertThat(other.settings()).isEqualTo(SETTINGS);
        }
        ClientDatabaseProvider full = directory -> {
            throw new TreeStoreException(Reason.FAILED, "the disk is full", null);
        };
        assertThatThrownBy(new DatabaseRecovery(home, full)::open).hasMessage("the disk is full");
        assertThat(DatabaseRecovery.notice(home)).isNull();
        assertThat(home.database()).isDirectory();
    }

    @Test
    void theCopyFollowsEveryChangeAndIsForItsOwnerOnly() throws Exception {
        try (ClientDatabase database = open()) {
            database.putSetting("token", null);
            database.removeFolder(papers.id());
            database.putFolder(films.withPaused(false));
        }
        DeviceFile.Contents copy = new DeviceFile(home.deviceFile()).read().orElseThrow();
        assertThat(copy.settings()).containsOnlyKeys("account", "device");
        assertThat(copy.folders()).containsExactly(films.withPaused(false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.deviceFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void aHomeWithoutACopyGetsOne() throws Exception {
        Files.delete(home.deviceFile());
        open().close();
        removeTree(home.database());
        assertBuiltAnew();
    }

    @Test
    void aDamagedCopyIsReplacedByWhatTheDatabaseHolds() throws Exception {
        Files.writeString(home.deviceFile(), "folder.1.id=nonsense\n");
        open().close();
        assertThat(new DeviceFile(home.deviceFile()).read().orElseThrow().folders()).containsExactly(papers, films);
    }

    @Test
    void withoutDatabaseAndCopyTheDeviceBeginsAnew() throws Exception {
        removeTree(home.database());
        Files.writeString(home.deviceFile(), "folder.1.id=nonsense\n");
        try (ClientDatabase database = open()) {
            assertThat(database.settings()).isEmpty();
            assertThat(database.folders()).isEmpty();
        }
    }

    private ClientDatabase open() throws TreeStoreException, IOException {
        return new DatabaseRecovery(home, new DerbyClientDatabaseProvider()).open();
    }

    private void assertBuiltAnew() throws Exception {
        try (ClientDatabase database = open()) {
            assertThat(database.settings()).isEqualTo(SETTINGS);
            assertThat(database.folders()).containsExactly(papers, films);
            assertThat(database.trees(papers.id()).syncedCount()).isZero();
            assertThat(database.trees(papers.id()).cursor()).isZero();
        }
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(home.database().resolve("db/seg0"))) {
            return files.toList();
        }
    }

    private static void overwrite(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] noise = new byte[(int) Math.max(0, channel.size() - from)];
            Arrays.fill(noise, (byte) 0x5a);
            channel.write(ByteBuffer.wrap(noise), from);
        }
    }

    private static void removeTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
