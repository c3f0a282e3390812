package org.tidebox.it.tests.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to a server that can be cut: it passes bytes on, without looking at them, between its own port and the server's.
 * By threads of the system, since reading from a process holds up virtual ones.
 */
public final class FlakyNetwork implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private final AtomicReference<CountDownLatch> nextCut = new AtomicReference<>(new CountDownLatch(1));
    private volatile int stalled;

    public FlakyNetwork(int port) throws IOException {
        this.port = port;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Cuts every connection in the middle of whatever it carries; new ones work. */
    public void cut() throws IOException {
        for (Socket socket : open) {
            reset(socket);
        }
        nextCut.getAndSet(new CountDownLatch(1)).countDown();
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // It was just closed by one of its ends.
        }
        socket.close();
    }

    /** Lets the connections that stand stay open without passing anything on, as a router does that forgot them; new ones work. */
    public void stall() {
        stalled++;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                open.add(near);
                connect(near);
            } catch (IOException e) {
                // Closed by us, or the server is not there; then the caller hears it from its own connection.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(far);
            Thread.ofPlatform().daemon().start(() -> pass(near, far));
            Thread.ofPlatform().daemon().start(() -> pass(far, near));
        } catch (IOException e) {
            near.close();
            open.remove(near);
        }
    }

    private void pass(Socket from, Socket to) {
        int begun = stalled;
        byte[] some = new byte[1 << 14];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int read = in.read(some); read >= 0 && stalled == begun; read = in.read(some)) {
                out.write(some, 0, read);
            }
            if (stalled != begun) {
                // Neither end hears that the other one gives up.
                nextCut.get().await();
            }
        } catch (IOException e) {
            // Cut.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
