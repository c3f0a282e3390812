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
import org.tidebox.server.journal.Libraries.Created;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Lists and makes the account's libraries. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.LIBRARIES)
public final class LibrariesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public LibrariesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        exchange.write(HttpServletResponse.SC_OK, new Messages.Libraries(server.libraries().list(session)));
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        Created created = server.libraries().create(session,
                exchange.read(server.budget(), NewLibrary.class, Limits.MAX_SHORT_MESSAGE));
        exchange.write(created.isNew() ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK, created.library());
    }
}
