package org.tidebox.server.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.feature.SwapPoint;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Hands each request to the servlet of its path. Servlets can come and go meanwhile: one that goes finishes the
 * requests that it has, and a request for a path whose servlet has just gone waits a while for the next one.
 * Thread-safe.
 */
public class Router extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final String ANY = "*";
    private static final String REST = "**";

    private final transient Map<String, SwapPoint<Servlet>> routes = new ConcurrentHashMap<>();
    private final transient ReentrantLock lock = new ReentrantLock();
    private final transient Condition added = lock.newCondition();

    /**
     * Adds a servlet.
     *
     * @param pattern a path whose segments may be {@code *} for any one segment, and whose last one may be {@code **} for all
     *        that follow, be they none; of several that fit, the one that says most of a path's beginning serves
     * @param ranking the highest of several servlets for one path serves
     */
    public void add(String pattern, int ranking, Servlet servlet) {
        routes.computeIfAbsent(pattern, SwapPoint::new).add(servlet.getClass().getName(), ranking, servlet);
        lock.lock();
        try {
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes a servlet, after the requests that it has are done. */
    public void remove(Servlet servlet) {
        routes.values().forEach(route -> route.remove(servlet));
        servlet.destroy();
    }

    /** Waits until each of the paths has had a servlet; returns whether that is so. */
    public boolean await(Collection<String> patterns, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!routes.keySet().containsAll(patterns) && left > 0) {
                left = added.awaitNanos(left);
            }
            return routes.keySet().containsAll(patterns);
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException,
            ServletException {
        SwapPoint<Servlet> route = find(request.getPathInfo());
        ApiExchange exchange = new ApiExchange(request, response);
        if (route == null) {
            exchange.write(new ProblemException(ProblemType.NOT_FOUND,
                    "There is nothing at this path; see /api/v1/openapi.json"));
            return;
        }
        try (Lease<Servlet> servlet = route.acquire()) {
            servlet.get().service(request, response);
        } catch (NoProviderException e) {
            LOG.warn("No servlet for {}", request.getPathInfo());
            exchange.write(new ProblemException(ProblemType.UNAVAILABLE,
                    "This part of the server is being exchanged; try again"));
        }
    }

    private SwapPoint<Servlet> find(String path) {
        SwapPoint<Servlet> exact = routes.get(path);
        if (exact != null || path == null) {
            return exact;
        }
        String[] segments = path.split("/", -1);
        return routes.entrySet().stream().filter(route -> matches(route.getKey().split("/", -1), segments))
                .max(Comparator.comparing(route -> weight(route.getKey()))).map(Map.Entry::getValue).orElse(null);
    }

    private static boolean matches(String[] pattern, String[] segments) {
        boolean open = pattern[pattern.length - 1].equals(REST);
        int fixed = open ? pattern.length - 1 : pattern.length;
        if (open ? segments.length < fixed : segments.length != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!pattern[i].equals(segments[i]) && !(pattern[i].equals(ANY) && !segments[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** Of two patterns that fit one path, the greater one says more: segment by segment, a name, then any, then the rest. */
    private static String weight(String pattern) {
        return Stream.of(pattern.split("/", -1)).map(segment -> switch (segment) {
            case REST -> "0";
            case ANY -> "1";
            default -> "2";
        }).collect(Collectors.joining());
    }
}
