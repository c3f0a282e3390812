package org.tidebox.server.http.endpoint;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Node;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Gives the bytes of files by their paths, or a range of them (RFC 9110). */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + ApiPaths.FILES)
public final class FilesEndpoint extends ApiEndpoint {
    private static final long serialVersionUID = 1L;
    private final transient TideboxServer server;

    /** Answers for the given server. */
    @Activate
    public FilesEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        String path = exchange.pathBehind(ApiPaths.SEGMENTS_OF_LIBRARY);
        Node file = server.paths().file(session, exchange.library(), path, exchange.number("version", 0));
        HttpServletResponse response = exchange.response();
        String tag = '"' + file.recipe().id().toString() + '"';
        response.setHeader("ETag", tag);
        // Whoever may read it asks again, and is told in a few bytes that it is the same.
        response.setHeader("Cache-Control", "private, no-cache");
        if (ByteRange.matches(exchange.request().getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        send(exchange, session, file, range(exchange, file, tag));
    }

    private static Optional<ByteRange> range(ApiExchange exchange, Node file, String tag) throws ProblemException {
        String condition = exchange.request().getHeader("If-Range");
        if (condition != null && !condition.strip().equals(tag)) {
            return Optional.empty();
        }
        Optional<ByteRange> range = ByteRange.parse(exchange.request().getHeader("Range"), file.recipe().size());
        if (range.isPresent() && range.get().length() == 0) {
            exchange.response().setHeader("Content-Range", "bytes */" + file.recipe().size());
            throw new ProblemException(ProblemType.BAD_RANGE, "The file has " + file.recipe().size() + " bytes");
        }
        return range;
    }

    private void send(ApiExchange exchange, Session session, Node file, Optional<ByteRange> part)
            throws IOException, ProblemException, StorageException {
        HttpServletResponse response = exchange.response();
        long size = file.recipe().size();
        ByteRange range = part.orElse(new ByteRange(0, size));
        response.setHeader("Accept-Ranges", "bytes");
        // No browser shows or runs it as a page of this server.
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        if (part.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.from() + "-" + (range.from() + range.length() - 1)
                    + "/" + size);
        }
        response.setContentLengthLong(range.length());
        if (!exchange.request().getMethod().equals("HEAD")) {
            server.reader().read(session, file.recipe(), range.from(), range.length(), exchange.output());
        }
    }
}
