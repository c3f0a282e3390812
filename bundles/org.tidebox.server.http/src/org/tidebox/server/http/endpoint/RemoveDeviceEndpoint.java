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
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.RemoveDevice;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/** Removes another device of the account. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.REMOVE_DEVICE)
public final class RemoveDeviceEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public RemoveDeviceEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        server.ownAccount().remove(session,
                exchange.read(server.budget(), RemoveDevice.class, Limits.MAX_SHORT_MESSAGE), exchange.address());
        exchange.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
