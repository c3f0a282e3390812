package org.tidebox.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tidebox.control.internal.Caller;
import org.tidebox.control.internal.LineChannel;
import org.tidebox.control.internal.Trust;

/** The way to a {@link ControlServer}. */
public final class ControlClient {
    private ControlClient() {
    }

    /**
     * Connects to the process that serves a home, if it is one of this user or of the home's owner.
     *
     * @param home whose process is meant
     * @throws ControlException if nobody serves it ({@link ControlException#isNotRunning()}), or it cannot be opened
     * @throws IOException if there is no place for its socket, or another user could be listening there; then not a
     *     byte was sent
     */
    public static ControlConnection connectTo(Path home) throws ControlException, IOException {
        SocketChannel channel = openTrusted(ControlSocket.of(home), Trust.inOwnerOf(home));
        Caller caller = new Caller(new LineChannel(channel));
        caller.start();
        return caller;
    }

    private static SocketChannel openTrusted(Path socket, Trust trust) throws ControlException, IOException {
        // Before anything else: who connects to a stranger's socket may have to wait for ever.
        if (Files.exists(socket.getParent(), LinkOption.NOFOLLOW_LINKS)) {
            trust.requireFolder(socket.getParent());
        }
        SocketChannel channel = open(socket);
        try {
            trust.requirePeer(channel);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SocketChannel open(Path socket) throws ControlException {
        if (!Files.exists(socket)) {
            throw new ControlException(ControlException.NOT_RUNNING, "Nobody serves " + socket, false, null);
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
            throw new ControlException(ControlException.NOT_RUNNING, "Nobody serves " + socket, false, e);
        } catch (IOException e) {
            throw new ControlException(e.getClass().getSimpleName(),
                    "Cannot open " + socket + ": " + e.getMessage() + "; does it belong to you?", true, e);
        }
    }
}
