package org.tidebox.server.http.front;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * HTTP/2 as this server needs it: few streams before somebody has logged in on a connection, and no bodies in crumbs,
 * which take a hundred times of memory what they count in windows.
 */
final class Http2Front extends HTTP2ServerConnectionFactory {
    /** A device begins with its event stream and one request for each of its folders. */
    private static final int FIRST_STREAMS = 16;
    private static final int STREAMS = 64;
    private static final int SESSION_WINDOW = 2 << 20;
    private static final int STREAM_WINDOW = 1 << 20;

    /** Makes HTTP/2 connections. */
    Http2Front(HttpConfiguration http) {
        super(http);
        setMaxConcurrentStreams(FIRST_STREAMS);
        setInitialSessionRecvWindow(SESSION_WINDOW);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setConnectProtocolEnabled(false);
        addEventListener(new Crumbs());
    }

    /** Allows more streams on the connection of a request, if it is one over HTTP/2. */
    static void welcome(Request request) {
        if (request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection) {
            HTTP2Session session = connection.getSession();
            session.setMaxRemoteStreams(STREAMS);
            session.settings(new SettingsFrame(Map.of(SettingsFrame.MAX_CONCURRENT_STREAMS, STREAMS), false),
                    Callback.NOOP);
        }
    }

    /** Closes connections that send bodies in tiny frames. Each frame is kept as an object until it is read. */
    private static final class Crumbs implements HTTP2Session.FrameListener, HTTP2Session.LifeCycleListener {
        private static final int SMALL = 128;
        private static final int MOST = 4_000;
        private final Map<Session, Integer> counts = new ConcurrentHashMap<>();

        @Override
        public void onIncomingFrame(Session session, Frame frame) {
            if (frame instanceof DataFrame data && !data.isEndStream() && data.remaining() < SMALL
                    && counts.merge(session, 1, Integer::sum) > MOST) {
                ((HTTP2Session) session).disconnect();
            }
        }

        @Override
        public void onClose(Session session) {
            counts.remove(session);
        }
    }
}
