package org.tidebox.it.tests.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Hostile clients at one server on this machine, until it is lifted. */
final class Siege implements AutoCloseable {
    /** Of the answers that are no HTTP status: the server closed the connection. */
    static final int CUT = 0;
    private static final long ROUNDS_EACH = 10_000;

    private final int port;
    private final HostileAccount[] accounts;
    private final CountDownLatch lifted = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, NavigableMap<Integer, LongAdder>> answers = new ConcurrentSkipListMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final List<Future<?>> clients = new ArrayList<>();

    /** Prepares to attack a server with some accounts of its own. */
    Siege(int port, List<HostileAccount> accounts) {
        this.port = port;
        this.accounts = accounts.toArray(HostileAccount[]::new);
    }

    /** One way to attack. */
    @FunctionalInterface
    interface Attack {
        /** Goes on for some seconds at most; what breaks is a connection that the server closed. */
        void run(Client client) throws IOException, InterruptedException;
    }

    /** Begins so many clients, which take turns in the kinds of attack. */
    void begin(int count, Map<String, Attack> kinds) {
        List<String> names = List.copyOf(kinds.keySet());
        for (int i = 0; i < count; i++) {
            String kind = names.get(i % names.size());
            Client client = new Client(kind, i);
            clients.add(threads.submit(() -> client.run(kinds.get(kind))));
        }
    }

    /** Waits so long, or until all clients have ended. */
    void hold(long seconds) throws InterruptedException {
        lifted.await(seconds, TimeUnit.SECONDS);
    }

    /** Returns what each kind of attack was answered: statuses, or {@link #CUT}, and how often. */
    Map<String, NavigableMap<Integer, LongAdder>> answers() {
        return answers;
    }

    /** Returns the kinds that did not do what they were meant to, with the reason. */
    Map<String, String> failures() {
        return failures;
    }

    @Override
    public void close() throws InterruptedException {
        lifted.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    /** One hostile client. */
    final class Client {
        private final String kind;
        private final int number;
        private final Random random;

        private Client(String kind, int number) {
            this.kind = kind;
            this.number = number;
            this.random = new Random(number);
        }

        private void run(Attack attack) {
            for (int i = 0; i < ROUNDS_EACH && !isOver(); i++) {
                try {
                    attack.run(this);
                } catch (IOException e) {
                    count(CUT);
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException | Error e) {
                    failures.put(kind, e + (e.getCause() == null ? "" : ": " + e.getCause()));
                    return;
                }
                pause(200 + random.nextInt(800));
            }
        }

        int port() {
            return port;
        }

        Random random() {
            return random;
        }

        /** Returns where it comes from: some from where the devices are, most from elsewhere. */
        String from() {
            return "127.0.0." + (1 + number % 8);
        }

        /** Returns the account that it uses. */
        HostileAccount account() {
            return accounts[number % accounts.length];
        }

        boolean isOver() {
            return lifted.getCount() == 0;
        }

        /** Waits so many milliseconds, or until all is over. */
        void pause(long millis) {
            try {
                lifted.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Takes note of an answer. */
        void count(int status) {
            answers.computeIfAbsent(kind, any -> new ConcurrentSkipListMap<>())
                    .computeIfAbsent(status, any -> new LongAdder()).increment();
        }

        /** Asks on a connection of its own, reads the answer and takes note of it. */
        void ask(String method, String path, String type, byte[] body) throws IOException {
            count(RawHttp1.ask(from(), port, method, path, account().token(), type, body));
        }
    }
}
