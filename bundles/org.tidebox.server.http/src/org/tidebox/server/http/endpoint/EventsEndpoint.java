package org.tidebox.server.http.endpoint;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.TideboxServer;
import org.tidebox.server.events.EventHub.Subscription;
import org.tidebox.server.events.News;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.session.Session;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.EventCodec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.Routes;

/**
 * Keeps a stream of news open for each device: first where all its libraries are, then each that moves. Who accepts a
 * CBOR sequence hears what changed as well, and nothing of what he has done himself. A virtual thread per stream
 * writes; a device that reads slowly holds up nobody else.
 */
@Component(service = Servlet.class, property = ApiEndpoint.PATH + "=" + Routes.EVENTS)
public final class EventsEndpoint extends ApiEndpoint {
    /** Shorter than the patience of the server and of most things between it and a device. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    /** A device that only listens counts as seen, and one that another server process has cut off ends. */
    private static final Duration LOOK = Duration.ofMinutes(10);
    /** A stream keeps its buffer as long as it stands; most news are smaller. */
    private static final int BUFFER = 1 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(EventsEndpoint.class);
    private static final long serialVersionUID = 1L;

    private final transient TideboxServer server;
    private final transient Set<Subscription> streams = ConcurrentHashMap.newKeySet();

    /** Answers for the given server. */
    @Activate
    public EventsEndpoint(@Reference TideboxServer server) {
        this.server = server;
    }

    @Override
    protected void get(ApiExchange exchange) throws IOException, ProblemException, StorageException {
        Session session = exchange.session(server.sessions());
        String accept = exchange.request().getHeader("Accept");
        String type = accept != null && accept.contains(Routes.CBOR_SEQUENCE)
                ? Routes.CBOR_SEQUENCE
                : Routes.EVENT_STREAM;
        // Before the heads are read, so that no commit falls in between.
        Subscription subscription = server.events().subscribe(session, type.equals(Routes.CBOR_SEQUENCE));
        try {
            // Whoever was cut off before the stream was there to be ended is found out here.
            server.sessions().recheck(session);
            Set<LibraryId> wanted = server.damage().wanted(session.account()).keySet();
            for (Library library : server.libraries().list(session)) {
                subscription.offer(new LibraryEvent(library.id(), library.head(), wanted.contains(library.id())));
            }
            exchange.response().setContentType(type);
            exchange.response().setBufferSize(BUFFER);
            OutputStream out = exchange.output();
            out.write(EventCodec.keepAlive(type));
            out.flush();
            AsyncContext context = exchange.request().startAsync();
            context.setTimeout(0);
            streams.add(subscription);
            Thread.ofVirtual().name("tidebox-events").start(() -> run(session, subscription, context, out, type));
        } catch (IOException | ProblemException | StorageException | RuntimeException e) {
            subscription.close();
            throw e;
        }
    }

    /** Ends all streams that this endpoint began; devices begin new ones with the next endpoint. */
    @Override
    public void destroy() {
        streams.forEach(Subscription::close);
    }

    private void run(Session session, Subscription subscription, AsyncContext context, OutputStream out, String type) {
        try {
            Instant next = server.clock().instant().plus(LOOK);
            while (!subscription.isEnded()) {
                write(subscription.take(KEEP_ALIVE), type, out);
                if (server.clock().instant().isAfter(next)) {
                    server.sessions().recheck(session);
                    next = server.clock().instant().plus(LOOK);
                }
            }
        } catch (ProblemException e) {
            LOG.debug("An event stream is ended: {}", e.getMessage());
        } catch (IOException | StorageException e) {
            LOG.debug("An event stream broke off: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.close();
            streams.remove(subscription);
            context.complete();
        }
    }

    private static void write(List<News> news, String type, OutputStream out) throws IOException {
        for (News one : news) {
            out.write(one.bytes(type));
        }
        if (news.isEmpty()) {
            out.write(EventCodec.keepAlive(type));
        }
        out.flush();
    }
}
