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
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeName;
import org.tidebox.wire.ProblemException;

/** Tells which nodes ever had a name in a folder. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.FORMERLY)
public final class FormerlyEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public FormerlyEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        NodeId folder = exchange.required("parent", "the id of a folder", NodeId::parse);
        String name = exchange.required("name", "a name in it", NodeName::normalize);
        exchange.write(HttpServletResponse.SC_OK,
                server.history().formerly(session, exchange.library(), folder, name));
    }
}
