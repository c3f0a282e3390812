package org.tidebox.it.tests.hostile;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tidebox.it.tests.scale.LightDevice;
import org.tidebox.it.tests.scale.Timings;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.ProblemException;

/** A device of good manners that asks a little all the time and takes the time of each answer. */
final class Probe implements AutoCloseable {
    private static final int SMALL = 2048;
    private static final int CHANGES_MILLIS = 500;
    private static final int CONNECTIONS_MILLIS = 3_000;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final Map<String, Timings> timings = new ConcurrentHashMap<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    /** Begins to ask: on connections that stand, as devices do, and on new ones. */
    Probe(LightDevice device, ServerAddress address, String token) {
        clock.scheduleWithFixedDelay(() -> take("a change", () -> device.change(SMALL)), 0, CHANGES_MILLIS,
                TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(() -> take("a question on a new connection", () -> ask(address, token)), 0,
                CONNECTIONS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void ask(ServerAddress address, String token) throws RemoteException {
        ServerConnection connection = new HttpConnector().connect(address, token);
        try {
            connection.libraries();
        } finally {
            connection.close();
        }
    }

    /** Something that is timed. */
    @FunctionalInterface
    private interface Request {
        void send() throws RemoteException;
    }

    private void take(String what, Request request) {
        long began = System.nanoTime();
        try {
            request.send();
        } catch (RemoteException | RuntimeException e) {
            failures.add(e);
        }
        timings.computeIfAbsent(what, any -> new Timings()).add(System.nanoTime() - began);
    }

    /** Returns what failed. */
    Queue<Exception> failures() {
        return failures;
    }

    /** Returns what failed in the server's own words: that it failed, or that it could not. */
    List<Exception> serverFailures() {
        return failures.stream().filter(failure -> failure.getCause() instanceof ProblemException problem
                && problem.getType().status() >= 500).toList();
    }

    /** Returns how long the requests took, by what they asked. */
    Map<String, Timings> timings() {
        return timings;
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(60, TimeUnit.SECONDS);
    }
}
