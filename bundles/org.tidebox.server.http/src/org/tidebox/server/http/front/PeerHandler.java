package org.tidebox.server.http.front;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.tidebox.wire.Codec;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Lets a request through if {@link Peers} has room for it, and tells it how the request's body comes. */
final class PeerHandler extends Handler.Wrapper {
    private final Peers peers;

    PeerHandler(Peers peers, Handler next) {
        super(next);
        this.peers = peers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visit visit;
        try {
            visit = peers.begin(FrontConnector.peer(request), () -> Http2Front.welcome(request));
        } catch (ProblemException e) {
            refuse(response, callback, e);
            return true;
        }
        request.setAttribute(Visit.ATTRIBUTE, visit);
        Request.addCompletionListener(request, failure -> visit.end());
        return super.handle(new Watched(request, visit), response, callback);
    }

    private static void refuse(Response response, Callback callback, ProblemException problem) {
        byte[] body = Codec.write(problem.toProblem(), Routes.PROBLEM);
        response.setStatus(problem.getType().status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Routes.PROBLEM);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, problem.getRetryAfter().toSeconds());
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Sees whether somebody waits for the body, and what of it comes. */
    private static final class Watched extends Request.Wrapper {
        private final Visit visit;

        Watched(Request request, Visit visit) {
            super(request);
            this.visit = visit;
        }

        @Override
        public void demand(Runnable available) {
            visit.await(true);
            super.demand(Invocable.from(Invocable.getInvocationType(available), () -> {
                visit.await(false);
                available.run();
            }));
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                visit.received(chunk.remaining());
            }
            return chunk;
        }
    }
}
