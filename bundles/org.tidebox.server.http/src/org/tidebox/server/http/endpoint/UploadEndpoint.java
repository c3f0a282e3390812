package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
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
import org.tidebox.wire.Routes;

/** Takes in chunks and a commit; when the answer comes, all is durable. */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.UPLOAD)
public final class UploadEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public UploadEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.device(server.sessions());
        InputStream frames = exchange.body(Routes.FRAMES);
        exchange.write(HttpServletResponse.SC_OK, server.transfers().upload(session, exchange.library(), frames));
    }
}
