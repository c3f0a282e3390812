package org.tidebox.it.tests.hostile;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * HTTP/2 (RFC 9113) frame by frame over TLS, so that it can do what no client of good manners does. It knows no flow
 * control and looks at nothing that comes. Frames are written by one thread at a time.
 */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int INITIAL_WINDOW_SIZE = 4;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final SSLContext TLS = trustAll();

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int nextStream = 1;

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 16 << 10));
    }

    /**
     * Connects and sends the preface.
     *
     * @param from one of this machine's own addresses
     * @param window how much of each answer the server may send before it is asked for more
     */
    static RawHttp2 connect(String from, int port, int window) throws IOException {
        SSLSocket socket = tls(from, port, "h2");
        try {
            RawHttp2 connection = new RawHttp2(socket);
            connection.out.write(PREFACE);
            ByteArrayOutputStream settings = new ByteArrayOutputStream();
            DataOutputStream setting = new DataOutputStream(settings);
            setting.writeShort(INITIAL_WINDOW_SIZE);
            setting.writeInt(window);
            connection.frame(SETTINGS, 0, 0, settings.toByteArray());
            connection.flush();
            return connection;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Connects and shakes hands for a protocol, {@code h2} or {@code http/1.1}. */
    static SSLSocket tls(String from, int port, String protocol) throws IOException {
        Socket plain = plain(from, port);
        try {
            SSLSocket socket = (SSLSocket) TLS.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[]{protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Connects without a word. */
    static Socket plain(String from, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Asks for something and returns the number of the stream; the body follows with {@link #frame} unless it is over. */
    int request(String method, String path, Map<String, String> headers, boolean over) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", method);
        field(block, ":scheme", "https");
        field(block, ":authority", "localhost");
        field(block, ":path", path);
        headers.forEach((name, value) -> field(block, name, value));
        int stream = nextStream;
        nextStream += 2;
        frame(HEADERS, END_HEADERS | (over ? END_STREAM : 0), stream, block.toByteArray());
        return stream;
    }

    /** Sends a frame with the next flush, or when much waits. */
    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * What came.
     *
     * @param stream 0 for the whole connection
     */
    record Frame(int type, int flags, int stream, byte[] payload) {
    }

    /** Waits for a frame. */
    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A literal without an index, in plain letters (RFC 7541, 6.2.2). */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int left = bytes.length;
        if (left < 127) {
            block.write(left);
        } else {
            block.write(127);
            left -= 127;
            while (left >= 128) {
                block.write(left % 128 + 128);
                left /= 128;
            }
            block.write(left);
        }
        block.writeBytes(bytes);
    }

    private static SSLContext trustAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[]{new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /** Attackers do not care whom they attack. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // All are.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // All are.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // All are.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // All are.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // All are.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // All are.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
