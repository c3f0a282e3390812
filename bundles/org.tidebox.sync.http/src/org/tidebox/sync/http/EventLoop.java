package org.tidebox.sync.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.wire.EventReader;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** Keeps an event stream standing until it is closed. */
final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** Where only a person can help there is no hurry. */
    private static final Duration PAUSE_FOR_PERSON = Duration.ofSeconds(30);
    private final Requests requests;
    private final EventListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread thread;
    private long pause = FIRST_PAUSE.toNanos();

    EventLoop(Requests requests, EventListener listener) {
        this.requests = requests;
        this.listener = listener;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("tidebox-events").start(this::run);
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    private void run() {
        while (isOpen()) {
            try {
                listen();
            } catch (RemoteException e) {
                failed(e);
            } catch (RuntimeException | Error e) {
                // Whoever ends here hears no news any more, and nobody would know.
                LOG.error("Listening to {} failed and is tried again", requests.address(), e);
                failed(new RemoteException(Reason.FAILED, "Listening to the server's news failed: " + e, e));
            }
            awaitPause();
        }
    }

    private void failed(RemoteException e) {
        tell(() -> listener.disconnected(e));
        pause = e.isPermanent() ? PAUSE_FOR_PERSON.toNanos() : Math.min(pause, LONGEST_PAUSE.toNanos());
    }

    private void listen() throws RemoteException {
        HttpRequest request = requests.request(Routes.EVENTS)
                .setHeader("Accept", Routes.CBOR_SEQUENCE + ", " + Routes.EVENT_STREAM).GET().build();
        try (Answer answer = requests.open(request, true)) {
            EventReader events = EventReader.of(requests.throttles().down().slow(answer.body()), answer.type());
            tell(listener::connected);
            pause = FIRST_PAUSE.toNanos();
            for (LibraryEvent event = events.next(); event != null; event = events.next()) {
                LibraryEvent next = event;
                tell(() -> listener.event(next));
            }
            throw new RemoteException(Reason.UNREACHABLE, requests.address() + " ended the event stream", null);
        } catch (WireException e) {
            throw requests.failures().of(e);
        } catch (IOException e) {
            throw requests.failures().of(e);
        }
    }

    /** Grows with each failure, and differs between devices so that they do not all come back in the same moment. */
    private void awaitPause() {
        try {
            closed.await(ThreadLocalRandom.current().nextLong(pause / 2, pause), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Only close() interrupts; the loop sees that it is closed.
        }
        pause *= 2;
    }

    private void tell(Runnable news) {
        if (!isOpen()) {
            return;
        }
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("A listener failed on news from {}", requests.address(), e);
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }
}
