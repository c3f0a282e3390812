package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.http.FrameAnswer;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.ProblemException;

/** Sends the block signatures of chunks, so that the device can tell others by them. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.SIGNATURES)
public final class SignaturesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public SignaturesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        ChunkIds asked = exchange.read(server.budget(), ChunkIds.class, Limits.MAX_IDS_MESSAGE);
        LibraryId library = exchange.library();
        FrameAnswer.send(exchange, frames -> server.transfers().signatures(session, library, asked,
                (id, signature) -> frames.writer().writeSignature(id, signature)));
    }
}
