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
import org.tidebox.wire.ProblemException;

/** Reads on in a library's journal. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.CHANGES)
public final class ChangesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public ChangesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        long since = exchange.number("since", 0);
        int limit = (int) Math.clamp(exchange.number("limit", Libraries.MAX_PAGE), 0, Libraries.MAX_PAGE);
        exchange.claim(server.budget(), Footprint.ofPage(limit));
        exchange.write(HttpServletResponse.SC_OK, server.libraries()
                .changes(session, exchange.library(), since, exchange.mark("seen"), limit));
    }
}
