package org.tidebox.it.tests.hostile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** HTTP/1.1 over TLS by hand, so that it can be as slow and as rude as it likes. Used by one thread. */
final class RawHttp1 implements AutoCloseable {
    private static final int MOST = 64 << 20;
    private final SSLSocket socket;

    private RawHttp1(SSLSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects.
     *
     * @param from one of this machine's own addresses
     */
    static RawHttp1 connect(String from, int port) throws IOException {
        return new RawHttp1(RawHttp2.tls(from, port, "http/1.1"));
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Begins a request; its body follows. */
    void begin(String method, String path, String token, String type, int length) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "Content-Type: " + type
                + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n";
        out().write(head.getBytes(StandardCharsets.US_ASCII));
        out().flush();
    }

    /** Waits for the answer, reads all of it, and returns its status. */
    int status() throws IOException {
        InputStream in = in();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("no answer");
            }
            line.append((char) next);
        }
        byte[] some = new byte[16 << 10];
        long read = 0;
        for (int count = in.read(some); count >= 0 && read < MOST; count = in.read(some)) {
            read += count;
        }
        return Integer.parseInt(line.toString().split(" ")[1]);
    }

    /** Asks on a connection of its own and returns the status. */
    static int ask(String from, int port, String method, String path, String token, String type, byte[] body)
            throws IOException {
        try (RawHttp1 connection = connect(from, port)) {
            connection.begin(method, path, token, type, body.length);
            connection.out().write(body);
            connection.out().flush();
            return connection.status();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
