package org.tidebox.sync.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.tidebox.remote.ServerAddress;

/** A TLS server that reads the head of an HTTP/1.1 request and then does whatever a test wants with the connection. */
final class RawServer implements AutoCloseable {
    private final SSLServerSocket listening;
    private final String fingerprint;
    private final Behaviour behaviour;
    private final AtomicInteger connections = new AtomicInteger();

    /** What to do with a request; the connection is cut when it returns. */
    interface Behaviour {
        void answer(int connection, OutputStream out, Socket socket) throws IOException;
    }

    RawServer(TestCertificate certificate, Behaviour behaviour) throws IOException {
        this.fingerprint = certificate.fingerprint();
        this.behaviour = behaviour;
        listening = (SSLServerSocket) certificate.serverContext().getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    ServerAddress address() {
        return new ServerAddress(URI.create("https://127.0.0.1:" + listening.getLocalPort()), fingerprint);
    }

    int connections() {
        return connections.get();
    }

    static byte[] head(String status, String contentType, int length) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = in.readLine();
            if (line == null) {
                return;
            }
            while (!line.isEmpty()) {
                line = in.readLine();
            }
            behaviour.answer(connections.incrementAndGet(), socket.getOutputStream(), socket);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The client has left, which many tests want.
            return;
        }
    }
}
