package org.tidebox.control;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidebox.control.internal.Caller;
import org.tidebox.control.internal.LineChannel;

/** The way to a {@link ControlServer}. */
public final class ControlClient {
    private ControlClient() {
    }

    /**
     * Connects to whoever serves a socket.
     *
     * @param socket as {@link ControlSocket#of} gives it
     * @param api the interface that is served there
     * @throws ControlException if nobody serves it ({@link ControlException#isNotRunning()}), or it cannot be opened
     */
    public static <T> ControlConnection<T> connect(Path socket, Class<T> api) throws ControlException {
        SocketChannel channel = open(socket);
        Caller caller = new Caller(new LineChannel(channel), api.getSimpleName());
        caller.start();
        T proxy = api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[]{api}, caller));
        return new ControlConnection<>() {
            @Override
            public T api() {
                return proxy;
            }

            @Override
            public boolean isClosed() {
                return caller.isClosed();
            }

            @Override
            public void close() {
                caller.close();
            }
        };
    }

    private static SocketChannel open(Path socket) throws ControlException {
        if (!Files.exists(socket)) {
            throw new ControlException(ControlException.NOT_RUNNING, "Nobody serves " + socket, null);
        }
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (ConnectException e) {
            throw new ControlException(ControlException.NOT_RUNNING, "Nobody serves " + socket, e);
        } catch (IOException e) {
            throw new ControlException(e.getClass().getSimpleName(),
                    "Cannot open " + socket + ": " + e.getMessage() + "; does it belong to you?", e);
        }
    }
}
