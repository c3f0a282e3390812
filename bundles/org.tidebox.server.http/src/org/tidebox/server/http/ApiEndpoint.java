package org.tidebox.server.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.NoProviderException;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * A servlet that answers one path of the protocol, or all below one; whatever goes wrong becomes a problem (RFC 9457). Who
 * may ask is up to each: {@link ApiExchange#device} lets devices in, {@link ApiExchange#session} people without a device as
 * well, and whoever calls neither answers everybody.
 */
public abstract class ApiEndpoint extends HttpServlet {
    /**
     * The service property of a servlet that holds its path, for instance {@code /api/v1/info}; the segment {@code *}
     * stands for any one segment, and {@code **} at the end for all that follow.
     */
    public static final String PATH = "tidebox.http.path";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);

    /** Answers a GET request; unless overridden there is no such method here. */
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This path takes no GET");
    }

    /** Answers a POST request; unless overridden there is no such method here. */
    protected void post(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This path takes no POST");
    }

    /** Answers a PUT request; unless overridden there is no such method here. */
    protected void put(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This path takes no PUT");
    }

    /** Answers a DELETE request; unless overridden there is no such method here. */
    protected void delete(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This path takes no DELETE");
    }

    /**
     * Answers a request of any other method, such as those of WebDAV; unless overridden there is no such method here.
     *
     * @param method its name as it was sent
     */
    protected void other(String method, ApiExchange exchange) throws IOException, ProblemException, StorageException {
        throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This path takes no " + method);
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            exchange(request, response);
        } catch (IOException e) {
            // One that Jetty does not log: whoever goes away in the middle should not fill the log.
            throw new EofException(e);
        }
    }

    private void exchange(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiExchange exchange = new ApiExchange(request, response);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            switch (request.getMethod()) {
                case "GET", "HEAD" -> get(exchange);
                case "POST" -> post(exchange);
                case "PUT" -> put(exchange);
                case "DELETE" -> delete(exchange);
                default -> other(request.getMethod(), exchange);
            }
        } catch (ProblemException e) {
            answer(exchange, e);
        } catch (StorageException | RuntimeException e) {
            answer(exchange, problemOf(e));
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e;
            }
            // Mostly the other side has gone; where it has not, it should not take an empty answer for a good one.
            answer(exchange, new ProblemException(ProblemType.BAD_REQUEST, "The request broke off before its end"));
        } finally {
            exchange.release();
        }
    }

    /** Turns what the server could not do into what travels; what only the operator can understand goes to the log. */
    static ProblemException problemOf(Exception failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case StoreFullException full -> {
                LOG.error("{}", full.getMessage());
                yield new ProblemException(ProblemType.STORE_FULL,
                        "The server's disk is full; tell the operator, then try again");
            }
            case NoProviderException none -> new ProblemException(ProblemType.UNAVAILABLE,
                    "The server is exchanging a part; try again");
            // What Jetty makes of a request that is not what HTTP asks for.
            case HttpException bad when bad.getCode() < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ->
                new ProblemException(
                        ProblemType.BAD_REQUEST, "The request is not well-formed");
            case StorageException broken when !broken.isPermanent() -> {
                LOG.warn("A request failed: {}", Causes.of(broken));
                yield new ProblemException(ProblemType.UNAVAILABLE,
                        "The server could not reach its data; try again later");
            }
            default -> {
                String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
                LOG.error("Failure {}: {}", id, Causes.of(failure));
                LOG.debug("Failure {}", id, failure);
                yield new ProblemException(ProblemType.INTERNAL,
                        "The server failed; its log says why, see failure " + id + " there. Try again later");
            }
        };
    }

    private static void answer(ApiExchange exchange, ProblemException problem) throws IOException {
        if (exchange.response().isCommitted()) {
            throw new IOException("The answer broke off: " + problem.getMessage());
        }
        exchange.write(problem);
    }
}
