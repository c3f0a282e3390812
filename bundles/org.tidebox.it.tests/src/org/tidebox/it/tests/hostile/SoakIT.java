package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.hostile.Siege.Attack;
import org.tidebox.it.tests.scale.LightDevice;
import org.tidebox.it.tests.scale.Timings;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;
import org.tidebox.remote.ServerAddress;
import org.tidebox.remote.ServerConnection;
import org.tidebox.sync.http.HttpConnector;
import org.tidebox.wire.JoinCode;

/**
 * Hostile clients of all kinds at a server, with and without accounts of their own, while a device of somebody else syncs.
 * {@code -Dtidebox.soak.minutes=N} says how long, {@code -Dtidebox.soak.clients=N} how many, and {@code
 * -Dtidebox.soak.kinds=A,B} which kinds. Prints a line for each kind and for the device.
 */
@Tag("P3")
class SoakIT {
    private static final int MINUTES = Integer.getInteger("tidebox.soak.minutes", 0);
    private static final int SECONDS = MINUTES > 0 ? 60 * MINUTES : Integer.getInteger("tidebox.soak.seconds", 20);
    private static final int CLIENTS = Integer.getInteger("tidebox.soak.clients", MINUTES > 0 ? 100 : 50);
    private static final int VERSIONS = MINUTES > 0 ? 1_500 : 30;
    private static final int HOSTILE = MINUTES > 0 ? 5 : 2;
    @TempDir
    Path temp;
    private final HttpConnector connector = new HttpConnector();
    private final List<ServerConnection> connections = new ArrayList<>();

    @Test
    void aDeviceSyncsWhileManyAttackItsServer() throws Exception {
        try (Server server = new Server(temp).start(); Device laptop = new Device(temp, "laptop").start()) {
            server.addAccount(TwoDevices.ACCOUNT, TwoDevices.PASSWORD);
            laptop.joinAndAdd(server.invite(TwoDevices.ACCOUNT), "papers");
            List<HostileAccount> hostile = new ArrayList<>();
            for (int i = 0; i < HOSTILE; i++) {
                hostile.add(hostileAccount(server, "mallory" + i));
            }
            connections.forEach(ServerConnection::close);
            attack(server, laptop, hostile);
        }
    }

    private void attack(Server server, Device laptop, List<HostileAccount> hostile) throws Exception {
        JoinCode code = JoinCode.parse(server.invite(TwoDevices.ACCOUNT));
        ServerAddress address = ServerAddress.parse(code.url(), code.fingerprint());
        String token = connector.join(address, code.secret(), "probe").token();
        try (LightDevice light = new LightDevice(connector.connect(address, token), new Random(1), new Timings());
                Siege siege = new Siege(server.port(), hostile);
                Probe probe = new Probe(light, address, token);
                ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor()) {
            writer.scheduleWithFixedDelay(() -> write(laptop), 0, 1, TimeUnit.SECONDS);
            siege.begin(CLIENTS, kinds());
            siege.hold(SECONDS);
            siege.close();
            probe.close();
            writer.shutdownNow();
            print(siege, probe, server);
            assertThat(laptop.isSettledWithin(60)).as("the laptop is up to date").isTrue();
            assertThat(siege.failures()).as("attacks that did not take place").isEmpty();
            assertThat(siege.answers().values()).noneMatch(answers -> answers.containsKey(500));
            assertThat(probe.serverFailures()).isEmpty();
            assertThat(FloodIT.log(server.data()) + server.running().errors()).doesNotContain("OutOfMemory");
            assertThat(server.running().isAlive()).isTrue();
        }
    }

    private HostileAccount hostileAccount(Server server, String name) throws Exception {
        server.addAccount(name, TwoDevices.PASSWORD);
        JoinCode code = JoinCode.parse(server.invite(name));
        ServerAddress address = ServerAddress.parse(code.url(), code.fingerprint());
        String token = connector.join(address, code.secret(), "hostile").token();
        ServerConnection connection = connector.connect(address, token);
        connections.add(connection);
        return HostileAccount.of(token, connection, VERSIONS);
    }

    private static Map<String, Attack> kinds() {
        Map<String, Attack> all = new LinkedHashMap<>(StrangerAttacks.all());
        all.putAll(AccountAttacks.all());
        String chosen = System.getProperty("tidebox.soak.kinds");
        if (chosen != null) {
            all.keySet().retainAll(List.of(chosen.split(",")));
        }
        assertThat(all).as("kinds of attack").isNotEmpty();
        return all;
    }

    private static void write(Device laptop) {
        try {
            Files.writeString(laptop.folder().resolve("note " + System.nanoTime() % 100), "at " + System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(Siege siege, Probe probe, Server server) throws Exception {
        siege.answers().forEach((kind, answers) -> System.out.printf(Locale.ROOT, "FIGURE soak %s: answers %s%n", kind,
                answers));
        siege.failures().forEach((kind, why) -> System.out.printf(Locale.ROOT, "FIGURE soak %s: failed, %s%n", kind,
                why));
        probe.timings().forEach((what, times) -> System.out.printf(Locale.ROOT, "FIGURE soak, %d s, %d clients: %s: %d,"
                + " %s%n", SECONDS, CLIENTS, what, times.count(), times));
        System.out.printf(Locale.ROOT, "FIGURE soak: %d requests of the device failed %s, server at most %d MiB%n",
                probe.failures().size(), probe.failures().stream().limit(5).toList(), server.running().peakMemory());
    }
}
