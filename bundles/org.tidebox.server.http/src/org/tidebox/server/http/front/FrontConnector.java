package org.tidebox.server.http.front;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.tidebox.auth.Origin;

/** Accepts connections, and tells {@link Peers} of each and of what moves on it. */
final class FrontConnector extends ServerConnector {
    private final Peers peers;

    /** Accepts with one thread, and looks at all connections with another. */
    FrontConnector(Server server, Peers peers, ConnectionFactory... protocols) {
        super(server, 1, 1, protocols);
        this.peers = peers;
        addBean(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                of(event.getEndPoint()).peer.secured();
            }
        });
    }

    /** Returns the other end of the connection that a request came on. */
    static Peer peer(Request request) {
        return of(request.getConnectionMetaData().getConnection().getEndPoint()).peer;
    }

    private static PeerEndPoint of(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return (PeerEndPoint) inner;
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        PeerEndPoint made = new PeerEndPoint(channel, selector, key, getScheduler());
        made.setIdleTimeout(getIdleTimeout());
        return made;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        if (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address) {
            peers.opened(of(endPoint).peer, Origin.ofAddress(address.getAddress().getHostAddress()));
        } else {
            // It has gone already.
            endPoint.close();
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        peers.closed(of(endPoint).peer);
        super.onEndPointClosed(endPoint);
    }

    private static final class PeerEndPoint extends SocketChannelEndPoint {
        private final Peer peer = new Peer(System.nanoTime(), this::close, () -> getWriteFlusher().isPending());

        PeerEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            long before = remaining(buffers);
            boolean all = super.flush(buffers);
            peer.taken(before - remaining(buffers));
            return all;
        }

        private static long remaining(ByteBuffer... buffers) {
            long bytes = 0;
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
            }
            return bytes;
        }
    }
}
