package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;
import org.tidebox.remote.ServerAddress;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.Routes;

/** The server refuses a device for a while because its account has too much under way: it says so, and goes on later. */
@Tag("P5")
class BusyIT {
    private static final int MOST = 4;
    @TempDir
    Path temp;

    @Test
    void aDeviceThatIsRefusedForAWhileSaysSoAndTriesAgain() throws Exception {
        Server server = new Server(temp);
        Files.createDirectories(server.data());
        Files.writeString(server.data().resolve("server.properties"), "http.requests.account=" + MOST + "\n");
        try (server; Device laptop = new Device(temp, "laptop")) {
            server.start();
            server.addAccount(TwoDevices.ACCOUNT, TwoDevices.PASSWORD);
            JoinCode code = JoinCode.parse(server.invite(TwoDevices.ACCOUNT));
            String token = new HttpConnector()
                    .join(ServerAddress.parse(code.url(), code.fingerprint()), code.secret(), "greedy").token();
            laptop.start().joinAndAdd(server.invite(TwoDevices.ACCOUNT), "papers").settle();
            try (RawHttp2 greedy = RawHttp2.connect("127.0.0.1", server.port(), 1 << 20)) {
                for (int i = 0; i < MOST; i++) {
                    greedy.request("GET", Routes.EVENTS, Map.of("authorization", "Bearer " + token), true);
                }
                greedy.flush();
                Files.writeString(laptop.folder().resolve("later"), "yes");
                await().atMost(Duration.ofSeconds(30)).until(() -> laptop.ok("status").contains("try again later"));
                assertThat(laptop.isSettledWithin(1)).isFalse();
            }
            assertThat(laptop.isSettledWithin(60)).isTrue();
            assertThat(laptop.ok("status")).doesNotContain("try again later");
        }
    }
}
