package org.tidebox.sync.http;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets to one server that speak TLS 1.3 only, count the sealed bytes that pass, and can be closed all at once
 * whatever they are doing. Thread-safe.
 */
final class MeteredSockets extends SSLSocketFactory implements AutoCloseable {
    private final SSLSocketFactory tls;
    private final Meter meter;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    MeteredSockets(SSLSocketFactory tls, Meter meter) {
        this.tls = tls;
        this.meter = meter;
    }

    /** Makes a socket without TLS, which the caller connects and hands back to be covered. */
    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new CountingSocket();
        open.add(socket);
        if (closed) {
            socket.close();
            throw new SocketException("the connection is closed");
        }
        return socket;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        SSLSocket covered = (SSLSocket) tls.createSocket(socket, host, port, autoClose);
        SSLParameters parameters = covered.getSSLParameters();
        parameters.setProtocols(new String[]{"TLSv1.3"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        covered.setSSLParameters(parameters);
        return covered;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw notCounted();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw notCounted();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw notCounted();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw notCounted();
    }

    private static SocketException notCounted() {
        return new SocketException("these sockets are connected by those who use them");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    /** Closes what is open, and makes no more. */
    @Override
    public void close() {
        closed = true;
        abandon();
    }

    /** Closes what is open; whoever reads or writes there fails at once. New sockets can still be made. */
    void abandon() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more either way.
                open.remove(socket);
            }
        }
    }

    /** Reads much at a time, and gathers what is written, since TLS has two reads and a write for each of its records. */
    private final class CountingSocket extends Socket {
        private InputStream input;
        private RecordOutput output;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (input == null) {
                RecordOutput written = output();
                input = new BufferedInputStream(new FilterInputStream(super.getInputStream()) {
                    @Override
                    public int read() throws IOException {
                        byte[] one = new byte[1];
                        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        written.drain();
                        int count = in.read(bytes, offset, length);
                        meter.received(Math.max(0, count));
                        return count;
                    }
                }, RecordOutput.ROOM);
            }
            return input;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return output();
        }

        private synchronized RecordOutput output() throws IOException {
            if (output == null) {
                output = new RecordOutput(new FilterOutputStream(super.getOutputStream()) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(bytes, offset, length);
                        meter.sent(length);
                    }
                });
            }
            return output;
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }
}
