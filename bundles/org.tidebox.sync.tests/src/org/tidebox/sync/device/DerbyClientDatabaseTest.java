package org.tidebox.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.derby.DerbyClientDatabaseProvider;
import org.tidebox.sync.device.TreeStoreException.Reason;
import org.tidebox.tree.LibraryId;

/** The device's database: settings, folders, and who may open it when. */
@Tag("C2")
@Tag("C6")
@Timeout(60)
final class DerbyClientDatabaseTest {
    private static final FolderDefinition PHOTOS = folder('1', "/home/ann/Photos");
    private static final FolderDefinition MUSIC = folder('2', "Music");
    private static final String HOLDER = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            public class Holder {
                public static void main(String[] args) throws Exception {
                    try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                        channel.lock();
                        System.out.println("locked");
                        System.in.read();
                    }
                }
            }
            """;

    @TempDir
    Path scratch;

    private Path directory;
    private ClientDatabase database;

    private static FolderDefinition folder(char digit, String root) {
        return new FolderDefinition(new FolderId("a".repeat(31) + digit), root,
                LibraryId.parse(String.valueOf(digit).repeat(32)), "Library \u00e9" + digit, digit == '2',
                digit == '1');
    }

    @BeforeEach
    void openDatabase() throws TreeStoreException {
        directory = scratch.resolve("new/\u00e9 client");
        database = open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ClientDatabase open() throws TreeStoreException {
        return new DerbyClientDatabaseProvider().open(directory);
    }

    private void reopen() throws TreeStoreException {
        database.close();
        database = open();
    }

    @Test
    void theLogOfWhatWasDoneKeepsTheNewestEntries() throws TreeStoreException {
        assertThat(database.activity(0, 10)).isEmpty();
        List<ActivityEntry> entries = IntStream.rangeClosed(1, 5).mapToObj(DerbyClientDatabaseTest::entry).toList();
        database.addActivity(entries.subList(0, 3), 4);
        database.addActivity(entries.subList(3, 5), 4);
        database.close();
        database = open();
        assertThat(database.activity(0, 10)).containsExactly(entry(5), entry(4), entry(3), entry(2));
        assertThat(database.activity(4, 1)).containsExactly(entry(3));
    }

    private static ActivityEntry entry(int number) {
        return new ActivityEntry(number, Instant.ofEpochMilli(1_700_000_000_123L + number), "/home/ann/Photos",
                new DoneStep(DoneStep.Action.values()[number], "na\u00efve \uD83D\uDE00/" + number, number % 2 == 0,
                        1L << 40));
    }

    @Test
    void keepsSettings() throws TreeStoreException {
        database.putSetting("server", "https://example.org");
        database.putSetting("token", "secret");
        database.putSetting("token", "other");
        database.putSetting("empty", "");
        database.putSetting("server", null);
        database.putSetting("none", null);
        reopen();
        assertThat(database.setting("server")).isEmpty();
        assertThat(database.setting("token")).contains("other");
        assertThat(database.setting("Token")).isEmpty();
        assertThat(database.setting("empty")).contains("");
    }

    @Test
    void keepsFoldersInTheOrderInWhichTheyCame() throws TreeStoreException {
        assertThat(database.folders()).isEmpty();
        database.putFolder(MUSIC);
        database.putFolder(PHOTOS);
        database.putFolder(MUSIC.withPaused(false));
        reopen();
        assertThat(database.folders()).containsExactly(MUSIC.withPaused(false), PHOTOS);
    }

    @Test
    void aRemovedFolderTakesItsTreesAlong() throws TreeStoreException {
        TreeStore photos = database.trees(PHOTOS.id());
        TreeStore music = database.trees(MUSIC.id());
        database.putFolder(PHOTOS);
        database.putFolder(MUSIC);
        for (TreeStore store : List.of(photos, music)) {
            store.write(new TreeUpdate().cursor(3).fact("a", "b").synced(TreeStoreContract.id(1),
                    TreeStoreContract.agreed(1, TreeStoreContract.FOLDER, "a")));
        }
        database.removeFolder(PHOTOS.id());
        database.removeFolder(PHOTOS.id());
        assertThat(database.folders()).containsExactly(MUSIC);
        assertThat(photos.cursor()).isZero();
        assertThat(photos.fact("a")).isEmpty();
        assertThat(photos.syncedCount()).isZero();
        assertThat(photos.children(TreeStoreContract.FOLDER)).isEmpty();
        assertThat(music.children(TreeStoreContract.FOLDER)).hasSize(1);
        photos.write(new TreeUpdate().cursor(5));
        reopen();
        assertThat(database.trees(PHOTOS.id()).cursor()).isEqualTo(5);
        assertThat(database.trees(MUSIC.id()).cursor()).isEqualTo(3);
        assertThat(database.trees(PHOTOS.id()).syncedCount()).isZero();
    }

    @Test
    void refusesToOpenTwice() throws TreeStoreException {
        database.putSetting("a", "b");
        TreeStoreException refused = catchThrowableOfType(TreeStoreException.class, this::open);
        assertThat(refused.getReason()).isEqualTo(Reason.LOCKED);
        assertThat(refused.isPermanent()).isFalse();
        assertThat(refused).hasMessageContaining("in use by another process")
                .hasMessageContaining(directory.toString());
        assertThat(database.setting("a")).contains("b");
        reopen();
        assertThat(database.setting("a")).contains("b");
    }

    @Test
    void refusesToOpenWhatAnotherProcessHasOpen() throws Exception {
        database.close();
        Path program = Files.writeString(scratch.resolve("Holder.java"), HOLDER);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process holder = new ProcessBuilder(java, program.toString(), directory.resolve("lock").toString())
                .redirectErrorStream(true).start();
        try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("locked");
            TreeStoreException refused = catchThrowableOfType(TreeStoreException.class, this::open);
            assertThat(refused.getReason()).isEqualTo(Reason.LOCKED);
            assertThat(refused).hasMessageContaining("in use by another process");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThatNoException().isThrownBy(this::reopen);
    }

    @Test
    void refusesANewerSchema() throws Exception {
        database.close();
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(directory.resolve("db").toString());
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE schema_version SET version = 99");
        }
        end(source);
        for (int i = 0; i < 2; i++) {
            TreeStoreException refused = catchThrowableOfType(TreeStoreException.class, this::open);
            assertThat(refused.getReason()).isEqualTo(Reason.FAILED);
            assertThat(refused).hasMessageContaining("schema version 99")
                    .hasMessageContaining("use the version of Tidebox that wrote it");
        }
    }

    /** What stands in the way of the lock file stands for a full disk, or whatever else keeps Derby from writing. */
    @Test
    void goesOnWhenItCouldNotBeWrittenForAWhile() throws Exception {
        database.putSetting("before", "it stopped");
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(directory.resolve("db").toAbsolutePath().toString());
        end(source);
        Path obstacle = directory.resolve("db/db.lck");
        Files.deleteIfExists(obstacle);
        Files.createDirectories(obstacle.resolve("in the way"));
        for (int i = 0; i < 2; i++) {
            TreeStoreException refused = catchThrowableOfType(TreeStoreException.class,
                    () -> database.putSetting("a", "b"));
            assertThat(refused.getReason()).isEqualTo(Reason.FAILED);
            assertThat(refused).hasMessageContaining("can only be read");
        }
        Files.delete(obstacle.resolve("in the way"));
        Files.delete(obstacle);
        database.putSetting("after", "it works");
        assertThat(database.setting("before")).contains("it stopped");
    }

    private static void end(EmbeddedDataSource source) {
        source.setShutdownDatabase("shutdown");
        assertThatExceptionOfType(SQLException.class).isThrownBy(source::getConnection);
    }

    @Test
    void tellsThatItIsDamaged() throws Exception {
        fill();
        database.close();
        for (Path file : tables()) {
            overwrite(file);
        }
        assertDamaged();
    }

    @Test
    void tellsThatItsLogIsDamaged() throws Exception {
        fill();
        database.close();
        try (Stream<Path> log = Files.list(directory.resolve("db/log"))) {
            for (Path file : log.filter(Files::isRegularFile).toList()) {
                overwrite(file);
            }
        }
        assertDamaged();
    }

    @Test
    void tellsThatFilesAreMissing() throws Exception {
        database.close();
        Files.delete(directory.resolve("db/service.properties"));
        assertDamaged();
    }

    @Test
    void tellsThatTablesAreMissing() throws Exception {
        fill();
        database.close();
        for (Path file : tables()) {
            Files.delete(file);
        }
        assertDamaged();
    }

    @Test
    void makesAnewWhatWasCutShortWhenItWasMade() throws Exception {
        database.close();
        Files.move(directory.resolve("db"), directory.resolve("db.new"));
        Files.delete(directory.resolve("db.new/service.properties"));
        database = open();
        database.putSetting("a", "b");
        assertThat(directory.resolve("db.new")).doesNotExist();
    }

    @Test
    void onlyTheOwnerMayEnter() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
        database.close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        database = open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
        for (Path file : tables()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void writesNothingIntoTheWorkingDirectory() {
        assertThat(Path.of("derby.log")).doesNotExist();
        assertThat(Path.of(System.getProperty("derby.stream.error.file"))).isAbsolute();
    }

    @Test
    void anInterruptedThreadOpensAndCloses() throws TreeStoreException {
        database.putSetting("a", "b");
        Thread.currentThread().interrupt();
        try {
            reopen();
            assertThat(database.setting("a")).contains("b");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void mayBeClosedTwiceAndSaysSoAfterwards() {
        TreeStore store = database.trees(PHOTOS.id());
        database.close();
        database.close();
        assertThatExceptionOfType(TreeStoreException.class).isThrownBy(store::cursor)
                .withMessageContaining("is closed");
        assertThatExceptionOfType(TreeStoreException.class).isThrownBy(database::folders)
                .withMessageContaining("is closed");
    }

    @Test
    void refusesADirectoryThatDerbyWouldMisread() {
        assertThatExceptionOfType(TreeStoreException.class)
                .isThrownBy(() -> new DerbyClientDatabaseProvider().open(scratch.resolve("a;create=true")))
                .withMessageContaining("';'");
    }

    private void fill() throws TreeStoreException {
        TreeUpdate update = new TreeUpdate();
        for (int i = 1; i <= 500; i++) {
            update.synced(TreeStoreContract.id(i), TreeStoreContract.agreed(i, TreeStoreContract.FOLDER, "file" + i));
        }
        database.trees(PHOTOS.id()).write(update);
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("db/seg0"))) {
            return files.toList();
        }
    }

    private static void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] noise = new byte[(int) Math.min(channel.size(), 1 << 16)];
            Arrays.fill(noise, (byte) 0x5a);
            channel.write(ByteBuffer.wrap(noise), 0);
        }
    }

    private void assertDamaged() {
        for (int i = 0; i < 2; i++) {
            TreeStoreException refused = catchThrowableOfType(TreeStoreException.class, this::open);
            assertThat(refused.getReason()).as(refused.toString()).isEqualTo(Reason.DAMAGED);
            assertThat(refused.isPermanent()).isTrue();
            assertThat(refused).hasMessageContaining("is damaged").hasMessageContaining(directory.toString());
        }
    }
}
