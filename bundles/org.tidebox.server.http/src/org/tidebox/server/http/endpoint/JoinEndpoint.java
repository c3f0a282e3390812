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
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Lets a device in by the secret of a join code. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.JOIN)
public final class JoinEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public JoinEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Join join = exchange.read(server.budget(), Join.class, Limits.MAX_SHORT_MESSAGE);
        exchange.write(HttpServletResponse.SC_OK, server.logins().join(join, exchange.address()));
    }
}
