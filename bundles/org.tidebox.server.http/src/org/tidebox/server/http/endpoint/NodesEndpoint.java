package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.http.ListAnswer;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Footprint;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemException;

/** Gives the newest versions of nodes. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.NODES)
public final class NodesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public NodesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        NodeIds asked = exchange.read(server.budget(), NodeIds.class, Limits.MAX_IDS_MESSAGE);
        LibraryId library = exchange.library();
        exchange.claim(server.budget(), Footprint.ofPage(Libraries.MAX_PAGE));
        ListAnswer.send(exchange, "versions", list -> server.history().newest(session, library, asked, list::add));
    }
}
