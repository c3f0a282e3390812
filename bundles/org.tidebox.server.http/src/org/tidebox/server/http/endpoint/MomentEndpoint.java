package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;

/** Tells the sequence that a library had reached at a time. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.MOMENT)
public final class MomentEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public MomentEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        Instant time = exchange.required("time", "a time like 2026-01-31T12:00:00Z", MomentEndpoint::time);
        exchange.write(HttpServletResponse.SC_OK, server.history().moment(session, exchange.library(), time));
    }

    /** Times that no clock of a server ever shows are none either. */
    private static Instant time(String text) {
        return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
    }
}
