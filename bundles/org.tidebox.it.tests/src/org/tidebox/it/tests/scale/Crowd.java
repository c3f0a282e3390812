package org.tidebox.it.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnector;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.JoinCode;

/** Many light devices in this process, some of each account, that change things and hear of each other's changes. */
public final class Crowd implements AutoCloseable {
    private static final int SMALL = 2048;
    /** So many at once, lest the handshakes of all last longer than any has patience. */
    private static final int JOINING = 4;

    private final ServerConnector connector = new HttpConnector();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<LightDevice>> accounts = new ArrayList<>();
    private final Timings commits = new Timings();
    private final Timings pushes = new Timings();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    private Crowd() {
    }

    /** Makes accounts on a server that runs, and lets devices into each. */
    public static Crowd join(Server server, int accounts, int devicesEach) throws Exception {
        Crowd crowd = new Crowd();
        try (ExecutorService few = Executors.newFixedThreadPool(JOINING)) {
            List<Future<List<LightDevice>>> joining = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                String name = "person" + i;
                joining.add(few.submit(() -> crowd.joinAccount(server, name, devicesEach)));
            }
            for (Future<List<LightDevice>> account : joining) {
                crowd.accounts.add(account.get());
            }
            for (LightDevice device : crowd.devices()) {
                assertThat(device.isListening()).isTrue();
            }
            return crowd;
        } catch (Exception | AssertionError e) {
            crowd.close();
            throw e;
        }
    }

    private List<LightDevice> joinAccount(Server server, String name, int count) throws Exception {
        Control.ask(server.data(), "server.addAccount", name, TwoDevices.PASSWORD);
        List<LightDevice> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JoinCode code = JoinCode.parse(Control.ask(server.data(), "server.invite", name).asText());
            ServerAddress address = ServerAddress.parse(code.url(), code.fingerprint());
            String token = connector.join(address, code.secret(), "device" + i).token();
            devices.add(new LightDevice(connector.connect(address, token), new Random(name.hashCode() * 31L + i),
                    pushes));
        }
        return devices;
    }

    public List<List<LightDevice>> accounts() {
        return accounts;
    }

    public List<LightDevice> devices() {
        return accounts.stream().flatMap(List::stream).toList();
    }

    public Timings commits() {
        return commits;
    }

    public Timings pushes() {
        return pushes;
    }

    public Queue<Exception> failures() {
        return failures;
    }

    /** Runs something beside all else; what goes wrong in it counts as a failure. */
    public Future<?> start(Work work) {
        return threads.submit(() -> {
            try {
                work.run();
            } catch (RemoteException | InterruptedException | RuntimeException e) {
                failures.add(e);
            }
        });
    }

    /** What devices do. */
    @FunctionalInterface
    interface Work {
        void run() throws RemoteException, InterruptedException;
    }

    /** Lets all devices make changes, each one after the other, as long as a condition holds. */
    public void changeWhile(Condition condition) throws Exception {
        changeWhile(condition, SMALL);
    }

    /** The same with files of so many bytes. */
    public void changeWhile(Condition condition, int length) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (List<LightDevice> account : accounts) {
            for (LightDevice device : account) {
                running.add(start(() -> {
                    for (int done = 0; condition.holds(done); done++) {
                        change(account, device, length, System.nanoTime());
                    }
                }));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** Says whether to go on. */
    @FunctionalInterface
    public interface Condition {
        /** Asked by each device before its next change, with the number of those it has made. */
        boolean holds(int done);
    }

    /** Lets the devices make so many changes each second, evenly, whatever the server does; returns after the last answer. */
    public void changeSteadily(int perSecond, Duration time) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        List<LightDevice> all = devices();
        long began = System.nanoTime();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < perSecond * time.toSeconds(); i++) {
                LightDevice device = all.get(i * 7 % all.size());
                long due = began + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
                List<LightDevice> account = accountOf(device);
                running.add(clock.schedule(() -> start(() -> change(account, device, SMALL, due)),
                        due - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
        }
        for (Future<?> one : running) {
            ((Future<?>) one.get()).get();
        }
    }

    private List<LightDevice> accountOf(LightDevice device) {
        return accounts.stream().filter(account -> account.contains(device)).findFirst().orElseThrow();
    }

    /** Makes a change with one device, and lets the others of its account expect to hear of it. */
    private void change(List<LightDevice> account, LightDevice device, int length, long began) throws RemoteException {
        long sequence = device.change(length);
        long answered = System.nanoTime();
        commits.add(answered - began);
        for (LightDevice other : account) {
            if (other != device) {
                other.expect(sequence, answered);
            }
        }
    }

    /** Waits until everybody has heard of everybody's changes. */
    public void awaitPushes() {
        await().atMost(Duration.ofSeconds(120)).until(() -> devices().stream().allMatch(LightDevice::hasHeardAll));
    }

    @Override
    public void close() {
        devices().forEach(LightDevice::close);
        threads.shutdownNow();
    }
}
