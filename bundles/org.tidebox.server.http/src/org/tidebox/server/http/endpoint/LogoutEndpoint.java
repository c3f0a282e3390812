package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Ends a device's token. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.LOGOUT)
public final class LogoutEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public LogoutEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws ProblemException, StorageException {
        server.logins().logout(exchange.session(server.sessions()));
        exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
