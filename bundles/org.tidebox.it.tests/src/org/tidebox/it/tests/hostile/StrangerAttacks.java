package org.tidebox.it.tests.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.it.tests.hostile.Siege.Attack;
import org.tidebox.it.tests.hostile.Siege.Client;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Routes;

/** What somebody without an account can do to a server. Each attack goes on for some seconds. */
final class StrangerAttacks {
    private static final int HELD_MILLIS = 5_000;
    private static final int STREAMS = 64;
    private static final int FRAMES = 100;

    private StrangerAttacks() {
    }

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("unread-answers", StrangerAttacks::readNothing);
        all.put("half-handshakes", StrangerAttacks::halfHandshakes);
        all.put("handshakes", StrangerAttacks::handshakes);
        all.put("slow-head", StrangerAttacks::slowHead);
        all.put("slow-body", StrangerAttacks::slowBody);
        all.put("login-spray", StrangerAttacks::spray);
        all.put("window-games", StrangerAttacks::windowGames);
        all.put("pings-unread", StrangerAttacks::pings);
        all.put("rapid-reset", StrangerAttacks::rapidReset);
        return all;
    }

    private static void readNothing(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 0)) {
            for (int i = 0; i < STREAMS; i++) {
                connection.request("GET", Routes.OPENAPI, Map.of(), true);
            }
            connection.flush();
            client.pause(HELD_MILLIS);
        }
    }

    private static void halfHandshakes(Client client) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = RawHttp2.plain(client.from(), client.port());
                open.add(socket);
                // A record that is said to hold a greeting of 500 bytes.
                socket.getOutputStream().write(new byte[]{22, 3, 1, 1, (byte) 0xf4, 1, 0});
            }
            client.pause(HELD_MILLIS);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static void handshakes(Client client) throws IOException {
        for (int i = 0; i < 5 && !client.isOver(); i++) {
            RawHttp2.tls(client.from(), client.port(), "h2").close();
        }
    }

    private static void slowHead(Client client) throws IOException {
        try (RawHttp1 connection = RawHttp1.connect(client.from(), client.port())) {
            OutputStream out = connection.out();
            out.write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (!client.isOver()) {
                out.write('x');
                client.pause(500);
            }
        }
    }

    private static void slowBody(Client client) throws IOException {
        try (RawHttp1 connection = RawHttp1.connect(client.from(), client.port())) {
            connection.begin("POST", Routes.LOGIN, null, Routes.JSON, 9_999);
            while (!client.isOver()) {
                connection.out().write(' ');
                client.pause(500);
            }
        }
    }

    private static void spray(Client client) throws IOException {
        byte[] login = Codec.write(new Login("person" + client.random().nextInt(10), "guess", "spray"), Routes.JSON);
        client.ask("POST", Routes.LOGIN, Routes.JSON, login);
        byte[] join = Codec.write(new Join("guess" + client.random().nextInt(), "spray"), Routes.JSON);
        client.ask("POST", Routes.JOIN, Routes.JSON, join);
    }

    private static void windowGames(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 0)) {
            for (int i = 0; i < FRAMES; i++) {
                connection.request("GET", Routes.OPENAPI, Map.of(), true);
                byte[] setting = ByteBuffer.allocate(6).putShort((short) RawHttp2.INITIAL_WINDOW_SIZE).putInt(i % 2)
                        .array();
                connection.frame(RawHttp2.SETTINGS, 0, 0, setting);
                connection.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[]{0, 0, 0, 1});
                connection.flush();
                client.pause(20);
            }
        }
    }

    private static void pings(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 0)) {
            for (int i = 0; i < 20 * FRAMES && !client.isOver(); i++) {
                connection.frame(RawHttp2.PING, 0, 0, new byte[8]);
                connection.flush();
                client.pause(10);
            }
        }
    }

    private static void rapidReset(Client client) throws IOException {
        try (RawHttp2 connection = RawHttp2.connect(client.from(), client.port(), 1 << 20)) {
            for (int i = 0; i < 5 * FRAMES; i++) {
                int stream = connection.request("GET", Routes.OPENAPI, Map.of(), true);
                connection.frame(RawHttp2.RESET, 0, stream, new byte[]{0, 0, 0, 8});
            }
            connection.flush();
            client.pause(1_000);
        }
    }
}
