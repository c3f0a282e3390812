package org.tidebox.server.tests.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlFailure;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ContentPart;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import org.tidebox.server.admin.StoredFile;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.operator.AdminService;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Messages.NewLibrary;

/** Operator commands, through the control socket as the command line uses it. */
@Tag("P5")
class AdminTest {
    @TempDir
    Path folder;

    @Test
    void commandsWorkThroughTheSocketOfATransientProcessWhichThenEnds() throws Exception {
        try (TestServer server = new TestServer(new ServerLocation(folder, null, 0, true, Map.of()));
                AdminService service = service(server)) {
            assertThat(server.process.awaitReady()).isEqualTo("ready for commands");
            try (ControlConnection connection = ControlClient.connectTo(folder)) {
                ServerAdmin admin = connection.api(ServerAdmin.class);
                AccountInfo ada = admin.addAccount("ada", TestServer.PASSWORD);
                assertThat(ada).isEqualTo(new AccountInfo("ada", false, 0, 0, server.clock.instant().toString()));
                admin.setQuota("ada", 1000);
                admin.disableAccount("ada", true, false);
                assertThat(admin.listAccounts()).containsExactly(new AccountInfo("ada", true, 1000, 0, ada.created()));
                assertThat(admin.features()).extracting(status -> status.point())
                        .containsExactly("auth", "storage.packs");
                assertThat(admin.stats()).isEqualTo(new ServerStats(1, 0, 0, 0, 0, 0, null, null));
                assertThat(server.process.finished).isNotDone();
            }
            server.process.finished.get(10, TimeUnit.SECONDS);
            assertThat(service).isNotNull();
        }
    }

    @Test
    void nullIsNoValueAndTheAnswerSaysSo() throws Exception {
        try (TestServer server = new TestServer(new ServerLocation(folder, null, 0, true, Map.of()));
                AdminService service = service(server)) {
            server.process.awaitReady();
            try (ControlConnection connection = ControlClient.connectTo(folder)) {
                ServerAdmin admin = connection.api(ServerAdmin.class);
                assertThatThrownBy(() -> admin.addAccount(null, null)).isInstanceOf(ControlFailure.class)
                        .hasMessage("addAccount takes String as its argument 1, got null");
                assertThatThrownBy(() -> admin.addAccount("ada", null)).hasMessageContaining("argument 2, got null");
                assertThatThrownBy(() -> admin.setRetention(null)).hasMessageContaining("RetentionInfo")
                        .hasMessageContaining("got null");
                assertThat(admin.listAccounts()).isEmpty();
            }
            assertThat(service).isNotNull();
        }
    }

    @Test
    void contentsGoInAndComeOut() throws Exception {
        Path file = folder.resolve("file");
        byte[] bytes = new byte[2_500_000];
        new Random(8).nextBytes(bytes);
        Files.write(file, bytes);
        try (TestServer server = new TestServer(folder.resolve("data"))) {
            Session ada = server.session("ada");
            server.library(ada, "docs");
            StoredFile stored = server.admin.putContent("ada", "docs", "a/b", file);
            assertThat(stored).isEqualTo(new StoredFile("ada", "docs", "a/b", 2, bytes.length));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (read.size() < bytes.length) {
                ContentPart part = server.admin.readContent("ada", "docs", "a/b", 0, read.size());
                assertThat(part.size()).isEqualTo(bytes.length);
                assertThat(part.version()).isEqualTo(2);
                read.writeBytes(Base64.getDecoder().decode(part.base64()));
            }
            assertThat(read.toByteArray()).isEqualTo(bytes);
            assertFails("There is no", () -> server.admin.readContent("ada", "docs", "none", 0, 0));
            assertFails("no version 1", () -> server.admin.readContent("ada", "docs", "a/b", 1, 0));
            assertFails("There is no file", () -> server.admin.putContent("ada", "docs", "a/b", folder));
            assertFails("no library", () -> server.admin.putContent("ada", "other", "a/b", file));
            assertFails("no account", () -> server.admin.putContent("bob", "docs", "a/b", file));
            server.server.libraries().create(ada, new NewLibrary("docs", LibraryKind.BOX));
            assertFails("BOX:docs, SYNC:docs", () -> server.admin.readContent("ada", "docs", "a/b", 0, 0));
            assertThat(server.admin.readContent("ada", "sync:docs", "a/b", 0, 0).size()).isEqualTo(bytes.length);
            assertThat(server.admin.retention("ada", "BOX:docs").trashDays()).isPositive();
        }
    }

    @Test
    void blanksAroundAnAccountsNameDoNotCount() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            assertThat(server.admin.addAccount(" bob ", TestServer.PASSWORD).name()).isEqualTo("bob");
            assertFails("already", () -> server.admin.addAccount("bob ", TestServer.PASSWORD));
            server.admin.setQuota("bob ", 7);
            assertThat(server.admin.listAccounts()).extracting(AccountInfo::quota).containsExactly(7L);
        }
    }

    @Test
    void mistakesAreExplained() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            server.admin.addAccount("ada", TestServer.PASSWORD);
            assertFails("already", () -> server.admin.addAccount("ada", TestServer.PASSWORD));
            assertFails("account name", () -> server.admin.addAccount("../x", TestServer.PASSWORD));
            assertFails("password", () -> server.admin.addAccount("bob", "short"));
            assertFails("no account 'eve'", () -> server.admin.disableAccount("eve", true, false));
            assertFails("no account 'eve'", () -> server.admin.setQuota("eve", 1));
            assertFails("-1", () -> server.admin.setQuota("ada", -1));
            assertFails("no account 'eve'", () -> server.admin.invite("eve"));
            assertFails("tidebox server run", () -> server.admin.invite("ada"));
            assertFails("swap point", () -> server.admin.useFeature("nothing", "x"));
            assertFails("has no provider", () -> server.admin.useFeature("auth", "x"));
        }
    }

    @Test
    void accountWhosePasswordWasRefusedIsNotThereAndCanBeAddedAgain() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            assertFails("password", () -> server.admin.addAccount("bob", "short"));
            assertThat(server.admin.listAccounts()).isEmpty();
            server.admin.addAccount("bob", TestServer.PASSWORD);
            assertThat(server.login("bob")).isNotBlank();
        }
    }

    @Test
    void statsCountWhatIsStored() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session session = server.session("ada");
            server.upload(session, server.library(session, "docs"), List.of(TestServer.chunk(server.bytes(3000))),
                    null);

            ServerStats stats = server.admin.stats();

            assertThat(stats.accounts()).isEqualTo(1);
            assertThat(stats.libraries()).isEqualTo(1);
            assertThat(stats.packs()).isEqualTo(1);
            assertThat(stats.bytes()).isBetween(3000L, 4000L);
        }
    }

    private static AdminService service(TestServer server) {
        return new AdminService(server.server, server.features, server.process);
    }

    private interface Command {
        void run() throws AdminException;
    }

    private static void assertFails(String part, Command command) {
        assertThatThrownBy(command::run).isInstanceOf(AdminException.class).hasMessageContaining(part);
    }
}
