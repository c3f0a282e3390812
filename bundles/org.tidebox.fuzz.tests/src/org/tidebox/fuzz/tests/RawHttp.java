package org.tidebox.fuzz.tests;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Sends bytes to a server as they are, and reads what comes back as HTTP/1.1 (RFC 9112). For one thread at a time. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private final URI server;
    private final SSLContext trust;
    private Socket wire;
    private SSLSocket socket;
    private InputStream in;

    RawHttp(URI server, SSLContext trust) {
        this.server = server;
        this.trust = trust;
    }

    /**
     * What came back.
     *
     * @param type the media type without parameters, or an empty text
     * @param isHead whether there is no body because none was asked for
     * @param hasEnd whether it was read to its end, and the server goes on listening
     */
    record Answer(int status, String type, byte[] body, boolean isHead, boolean hasEnd) {
    }

    /**
     * Sends one request; returns {@code null} where nothing is answered.
     *
     * @param whole whether another request can follow on the same connection; else what is sent ends with this one
     */
    Answer exchange(byte[] request, boolean whole) throws IOException {
        if (socket == null) {
            open();
        }
        boolean again = false;
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            if (!whole) {
                socket.shutdownOutput();
            }
            Answer answer = read(new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1)
                    .equals("HEAD "));
            again = whole && answer != null && answer.hasEnd();
            return answer;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer, and no end of the connection", e);
        } catch (SocketException e) {
            // The server need not wait until all of a bad request has come.
            return null;
        } finally {
            if (!again) {
                close();
            }
        }
    }

    private void open() throws IOException {
        wire = new Socket(server.getHost(), server.getPort());
        wire.setSoTimeout(PATIENCE_MILLIS);
        wire.setTcpNoDelay(true);
        socket = (SSLSocket) trust.getSocketFactory().createSocket(wire, server.getHost(), server.getPort(), false);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private Answer read(boolean head) throws IOException {
        String status = line();
        while (status != null && status.startsWith("HTTP/1.1 1")) {
            while (!line().isEmpty()) {
                continue;
            }
            status = line();
        }
        if (status == null || status.isEmpty()) {
            return null;
        }
        String type = "";
        long length = -1;
        boolean closes = false;
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            String value = line.substring(line.indexOf(':') + 1).strip();
            type = lower.startsWith("content-type:") ? value.split(";", 2)[0] : type;
            length = lower.startsWith("content-length:") ? Long.parseLong(value) : length;
            closes |= lower.startsWith("connection:");
        }
        int code = Integer.parseInt(status.split(" ")[1]);
        // An answer without a length may have no end; what it says is not looked at.
        byte[] body = head || length < 0 ? new byte[0] : in.readNBytes((int) length);
        return new Answer(code, type, body, head, !closes && (length >= 0 || code == 204));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Ends the connection below TLS, which would wait for the end of what the server sends; that may have none. */
    @Override
    public void close() throws IOException {
        if (socket != null) {
            wire.close();
            socket = null;
        }
    }
}
