package org.tidebox.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.control.internal.Calls;
import org.tidebox.control.internal.LineChannel;
import org.tidebox.control.internal.OwnerOnly;
import org.tidebox.control.internal.Session;
import org.tidebox.files.PrivateFiles;

/**
 * Serves Java interfaces on a unix domain socket that only its owner can open. Each call runs on its own virtual
 * thread, so calls overlap, also those of one caller. A call that ends the host must leave {@link #close()} to another
 * thread, or its caller gets no answer.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Path socket;
    private final Calls calls = new Calls();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private volatile Runnable onIdle = () -> {
    };
    private volatile boolean closed;
    private ServerSocketChannel listening;

    /**
     * Serves nothing before {@link #start()}.
     *
     * @param socket as {@link ControlSocket#of} gives it
     */
    public ControlServer(Path socket) {
        this.socket = socket;
    }

    /**
     * Serves an interface with its facets from now on.
     *
     * @throws IllegalArgumentException if it overloads a method, or its name is taken
     */
    public ControlServer serve(ControlApi<?> api) {
        calls.serve(api);
        return this;
    }

    /** Serves an interface no longer; calls that are under way end as they would have. */
    public void withdraw(ControlApi<?> api) {
        calls.withdraw(api);
    }

    /**
     * Starts to listen, in a folder that is closed to others before the socket is there. A socket file that a dead process has left behind is replaced.
     *
     * @throws IOException if the place cannot be used or may be another user's, or somebody serves it already
     */
    public synchronized void start() throws IOException {
        OwnerOnly.directory(socket.getParent());
        removeStale();
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listening.bind(UnixDomainSocketAddress.of(socket));
            PrivateFiles.restrict(socket);
        } catch (IOException e) {
            listening.close();
            throw new IOException("cannot listen on " + socket + ": " + e.getMessage(), e);
        }
        ServerSocketChannel channel = listening;
        Thread.ofVirtual().name("tidebox-control").start(() -> accept(channel));
    }

    /** Returns how many connections stand. */
    public int callerCount() {
        return sessions.size();
    }

    /** Sets what to do each time the last connection has ended; runs on a thread of the server. */
    public void onIdle(Runnable action) {
        onIdle = action;
    }

    /** Ends all connections and removes the socket. */
    @Override
    public synchronized void close() {
        if (closed || listening == null) {
            return;
        }
        closed = true;
        try {
            listening.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("Cannot remove the socket {}; the next start will", socket, e);
        }
        sessions.forEach(Session::close);
    }

    private void accept(ServerSocketChannel channel) {
        while (!closed) {
            try {
                Session session = new Session(new LineChannel(channel.accept()), calls);
                sessions.add(session);
                Thread.ofVirtual().name("tidebox-control-caller").start(() -> serve(session));
            } catch (IOException | RuntimeException | Error e) {
                if (closed || !channel.isOpen()) {
                    return;
                }
                // As where there are too many open files for a moment.
                LOG.error("The control socket {} has failed; it is tried again", socket, e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serve(Session session) {
        try {
            session.run();
        } finally {
            sessions.remove(session);
            if (sessions.isEmpty() && !closed) {
                onIdle.run();
            }
        }
    }

    private void removeStale() throws IOException {
        if (!Files.exists(socket)) {
            return;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            // Nobody answers: the process that made it is gone.
            Files.delete(socket);
            return;
        }
        throw new IOException("another process serves " + socket + " already");
    }
}
