package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the sockets below TLS do with what is written and read. */
@Tag("C5")
@Timeout(20)
class MeteredSocketsTest {
    private static final int FULL = 16_406;

    @Test
    void whoWaitsForAnAnswerHasSentAll() throws Exception {
        Meter meter = new Meter();
        try (MeteredSockets sockets = new MeteredSockets(SSLContext.getDefault().getSocketFactory(), meter);
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = sockets.createSocket()) {
            Thread.ofVirtual().start(() -> answerAfter(server, FULL));
            client.connect(server.getLocalSocketAddress());
            client.getOutputStream().write(new byte[FULL]);
            client.getOutputStream().flush();
            assertThat(client.getInputStream().read()).isEqualTo(200);
        }
        assertThat(meter.read().bytesSent()).isEqualTo(FULL);
        assertThat(meter.read().bytesReceived()).isEqualTo(1);
    }

    private static void answerAfter(ServerSocket server, int length) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(length);
            socket.getOutputStream().write(200);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
