package org.tidebox.server.tests.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlFailure;
import org.tidebox.server.admin.AccountInfo;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.operator.AdminService;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;

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
