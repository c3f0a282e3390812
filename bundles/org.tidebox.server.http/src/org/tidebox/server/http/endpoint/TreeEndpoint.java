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
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Footprint;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.ProblemException;

/** Shows a library, or some of its folders, as it was at a sequence. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.TREE)
public final class TreeEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public TreeEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        long asOf = exchange.number("asOf", Long.MAX_VALUE);
        long after = exchange.number("after", 0);
        int limit = (int) Math.clamp(exchange.number("limit", Libraries.MAX_PAGE), 0, Libraries.MAX_PAGE);
        exchange.claim(server.budget(), Footprint.ofPage(limit));
        exchange.write(HttpServletResponse.SC_OK, server.history()
                .tree(session, exchange.library(), asOf, after, limit));
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        FoldersAsOf asked = exchange.read(server.budget(), FoldersAsOf.class, Limits.MAX_IDS_MESSAGE);
        exchange.claim(server.budget(), Footprint.ofPage(Libraries.MAX_PAGE));
        exchange.write(HttpServletResponse.SC_OK, server.history().children(session, exchange.library(), asked));
    }
}
