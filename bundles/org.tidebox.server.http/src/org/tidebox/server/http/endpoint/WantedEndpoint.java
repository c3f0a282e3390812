package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.Wanted;
import org.tidebox.wire.ProblemException;

/** Tells a device which contents it is asked to send again, if it still has them. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.WANTED)
public final class WantedEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public WantedEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        LibraryId library = server.libraries().find(session, exchange.library()).id();
        List<NodeId> nodes = server.damage().wanted(session.account()).getOrDefault(library, List.of());
        exchange.write(HttpServletResponse.SC_OK, new Wanted(nodes.stream().limit(Limits.MAX_IDS).toList()));
    }
}
