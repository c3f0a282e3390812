package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;

/** A server that has too many connections closes them: that passes. */
@Tag("P5")
class RefusedConnectionTest {
    @Test
    void aConnectionThatIsClosedAtOnceIsTriedAgainLater() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> closeAll(busy));
            ServerConnection connection = new HttpConnector()
                    .connect(ServerAddress.parse("https://127.0.0.1:" + busy.getLocalPort(), "00".repeat(32)), "token");
            RemoteException failure = catchThrowableOfType(RemoteException.class, connection::libraries);
            connection.close();
            assertThat(failure.isPermanent()).isFalse();
            assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("closed the connection");
        }
    }

    private static void closeAll(ServerSocket busy) {
        try {
            while (!busy.isClosed()) {
                // What the other end has sent is read, so that it sees an end and not an error.
                try (var socket = busy.accept()) {
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}
