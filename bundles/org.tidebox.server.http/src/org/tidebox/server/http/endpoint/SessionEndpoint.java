package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.auth.Token;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.SessionInfo;
import org.tidebox.wire.Messages.StartSession;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Lets people in who use no device, and out again. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.SESSION)
public final class SessionEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public SessionEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        exchange.write(HttpServletResponse.SC_OK,
                new SessionInfo(exchange.session(server.sessions()).account().name()));
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        StartSession request = exchange.read(server.budget(), StartSession.class, Limits.MAX_SHORT_MESSAGE);
        Token token = server.logins().begin(request, exchange.address());
        exchange.setCookie(token.text());
        exchange.write(HttpServletResponse.SC_OK,
                new SessionInfo(server.sessions().check(token.text(), exchange.address()).account().name()));
    }

    @Override
    protected void delete(ApiExchange exchange) throws ProblemException, StorageException {
        server.logins().logout(exchange.session(server.sessions()));
        exchange.setCookie(null);
        exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
