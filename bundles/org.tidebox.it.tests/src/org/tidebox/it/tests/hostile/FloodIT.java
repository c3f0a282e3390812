package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.hostile.RawHttp2.Frame;
import org.tidebox.it.tests.scale.Crowd;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.Routes;

/** Somebody without an account takes all that he can get of a server; devices do not notice. */
@Tag("P3")
class FloodIT {
    private static final int CONNECTIONS = 130;
    private static final int STREAMS = 64;
    private static final int STREAMS_BEFORE_LOGIN = 16;
    private static final int SETTING = 6;
    private static final int CRUMBS = 20_000;
    private static final int CHANGES = 10;
    @TempDir
    Path temp;

    @Test
    void strangersWhoReadNothingKeepNobodyOut() throws Exception {
        try (Server server = new Server(temp).start(); Crowd crowd = Crowd.join(server, 1, 2)) {
            List<RawHttp2> flood = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    flood.add(askAndReadNothing(server.port()));
                    if (i % 10 == 0) {
                        crowd.changeWhile(done -> done < 1);
                    }
                }
                crowd.changeWhile(done -> done < CHANGES);
                joinOnANewConnection(server, "while it goes on");
            } finally {
                for (RawHttp2 connection : flood) {
                    connection.close();
                }
            }
            crowd.changeWhile(done -> done < CHANGES);
            crowd.awaitPushes();
            joinOnANewConnection(server, "afterwards");
            assertThat(crowd.failures()).isEmpty();
            assertThat(log(server.data())).doesNotContain("OutOfMemory");
            server.running().stop();
        }
    }

    @Test
    void streamsAreFewBeforeLoginAndBodiesInCrumbsAreNotTaken() throws Exception {
        try (Server server = new Server(temp).start()) {
            server.addAccount(TwoDevices.ACCOUNT, TwoDevices.PASSWORD);
            try (RawHttp2 stranger = RawHttp2.connect("127.0.0.1", server.port(), 0)) {
                int last = 0;
                for (int i = 0; i <= STREAMS_BEFORE_LOGIN; i++) {
                    last = stranger.request("GET", Routes.OPENAPI, Map.of(), true);
                }
                stranger.flush();
                Frame reset = next(stranger, frame -> frame.type() == RawHttp2.RESET);
                assertThat(reset.stream()).isEqualTo(last);
                assertThat(reset.payload()).as("refused").containsExactly(0, 0, 0, 7);
            }
            String token = connect(server, TwoDevices.ACCOUNT, "device", any -> {
            });
            try (RawHttp2 device = RawHttp2.connect("127.0.0.1", server.port(), 1 << 20)) {
                Map<String, String> headers = Map.of("authorization", "Bearer " + token, "content-type", Routes.JSON);
                device.request("GET", Routes.LIBRARIES, headers, true);
                device.flush();
                Frame settings = next(device, frame -> frame.type() == RawHttp2.SETTINGS && frame.flags() == 0
                        && frame.payload().length == SETTING);
                assertThat(settings.payload()).as("more of them").containsExactly(0, 3, 0, 0, 0, STREAMS);
                int stream = device.request("POST", Routes.LIBRARIES, headers, false);
                assertThatIOException().isThrownBy(() -> {
                    for (int i = 0; i < CRUMBS; i++) {
                        device.frame(RawHttp2.DATA, 0, stream, new byte[]{' '});
                    }
                    device.flush();
                    next(device, frame -> false);
                }).isNotInstanceOf(SocketTimeoutException.class);
            }
            assertThat(FloodIT.log(server.data())).doesNotContain("Exception");
        }
    }

    private static Frame next(RawHttp2 connection, Predicate<Frame> wanted) throws IOException {
        Frame frame = connection.read();
        while (!wanted.test(frame)) {
            frame = connection.read();
        }
        return frame;
    }

    /** The server may refuse the connection; but it must not break. */
    private static RawHttp2 askAndReadNothing(int port) throws IOException {
        RawHttp2 connection = RawHttp2.connect("127.0.0.1", port, 0);
        try {
            for (int i = 0; i < STREAMS; i++) {
                connection.request("GET", Routes.OPENAPI, Map.of(), true);
            }
            connection.flush();
        } catch (IOException e) {
            // It was closed meanwhile.
        }
        return connection;
    }

    private static void joinOnANewConnection(Server server, String device) throws Exception {
        connect(server, "person0", device, connection -> assertThat(connection.libraries()).hasSize(1));
    }

    /** What a new device does first. */
    @FunctionalInterface
    private interface First {
        void run(ServerConnection connection) throws RemoteException;
    }

    private static String connect(Server server, String account, String device, First first) throws Exception {
        HttpConnector connector = new HttpConnector();
        JoinCode code = JoinCode.parse(Control.ask(server.data(), "server.invite", account).asText());
        ServerAddress address = ServerAddress.parse(code.url(), code.fingerprint());
        String token = connector.join(address, code.secret(), device).token();
        ServerConnection connection = connector.connect(address, token);
        try {
            first.run(connection);
            return token;
        } finally {
            connection.close();
        }
    }

    static String log(Path state) throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("log"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
