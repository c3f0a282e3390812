package org.tidebox.server.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.feature.NoProviderException;
import org.tidebox.server.Session;
import org.tidebox.server.TideboxServer;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.FrameWriter;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Sends chunks as frames, one at a time. What goes wrong after the first has left becomes the last frame. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.FETCH)
public final class FetchEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public FetchEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        ChunkIds asked = exchange.read(ChunkIds.class, Limits.MAX_MESSAGE);
        Download download = new Download(exchange.response());
        try {
            server.transfers().fetch(session, exchange.library(), asked, download::chunk);
            download.writer().writeEnd();
        } catch (ProblemException | StorageException | NoProviderException e) {
            download.breakOff(problemOf(e));
        }
    }

    /** Frames that begin with the first chunk, so that a problem before it can still be the whole answer. */
    private static final class Download {
        private final HttpServletResponse response;
        private FrameWriter writer;

        Download(HttpServletResponse response) {
            this.response = response;
        }

        void chunk(EncodedChunk chunk, int level) throws IOException {
            writer().writeChunk(chunk, level);
        }

        FrameWriter writer() throws IOException {
            if (writer == null) {
                response.setContentType(Routes.FRAMES);
                writer = new FrameWriter(response.getOutputStream());
            }
            return writer;
        }

        void breakOff(ProblemException problem) throws IOException, ProblemException {
            if (writer == null) {
                throw problem;
            }
            writer.writeProblem(problem.toProblem());
        }
    }
}
