package org.tidebox.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.ServerAddress;
import org.tidebox.sync.ServerConnection;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.Routes;

/** Somebody without an account takes all that he can get of a server; devices do not notice. */
@Tag("P3")
class FloodIT {
    private static final int CONNECTIONS = 130;
    private static final int STREAMS = 64;
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
        HttpConnector connector = new HttpConnector();
        JoinCode code = JoinCode.parse(Control.ask(server.data(), "invite", "person0").asText());
        ServerAddress address = ServerAddress.parse(code.url(), code.fingerprint());
        String token = connector.join(address, code.secret(), device).token();
        ServerConnection connection = connector.connect(address, token);
        try {
            assertThat(connection.libraries()).hasSize(1);
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
