package org.tidebox.control.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlFailure;
import org.tidebox.control.ControlName;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.control.tests.Kitchen.AbsentException;
import org.tidebox.control.tests.Kitchen.BurntException;
import org.tidebox.control.tests.Kitchen.Order;
import org.tidebox.control.tests.Kitchen.Spoilage;
import org.tidebox.control.tests.Kitchen.SpoiltException;
import org.tidebox.control.tests.Kitchen.Taste;

@Tag("C9")
@Timeout(60)
class ControlTest {
    @TempDir
    Path home;
    private Path socket;
    private ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        socket = ControlSocket.of(home);
        server = new ControlServer(socket).serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()));
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void everyKindOfValueTravelsThereAndBack() throws Exception {
        try (ControlConnection connection = connect()) {
            Kitchen kitchen = connection.api(Kitchen.class);
            assertThat(kitchen.same(KitchenSamples.dish())).isEqualTo(KitchenSamples.dish());
            assertThat(kitchen.same(null)).isNull();
            assertThat(kitchen.menu(1000)).hasSize(1000).containsOnly(KitchenSamples.dish());
            assertThat(kitchen.secret("pass wörd".toCharArray())).isEqualTo("pass wörd");
            assertThat(kitchen.maybe(true)).contains("yes");
            assertThat(kitchen.maybe(false)).isEmpty();
            kitchen.nothing();
            assertThat(kitchen).hasToString("Kitchen over a control socket")
                    .isEqualTo(kitchen).hasSameHashCodeAs(kitchen);
        }
    }

    @Test
    void exceptionsComeBackAsDeclaredWithTheirMessage() throws Exception {
        try (ControlConnection connection = connect()) {
            Kitchen kitchen = connection.api(Kitchen.class);
            assertThatThrownBy(() -> kitchen.burn("toast")).isInstanceOf(BurntException.class)
                    .hasMessage("toast is burnt");
            assertThatThrownBy(() -> kitchen.spill("milk")).isExactlyInstanceOf(ControlException.class)
                    .hasMessage("milk is spilt");
            assertThatThrownBy(kitchen::declared).isExactlyInstanceOf(IOException.class).hasMessage("the salt");
            ControlFailure failure = catchThrowableOfType(ControlFailure.class, kitchen::explode);
            assertThat(failure).hasMessage("the oven is gone");
            assertThat(failure.getType()).isEqualTo("IllegalStateException");
            assertThat(failure.isPermanent()).isTrue();
            assertThat(kitchen.order(new Order(3))).isEqualTo(3);
        }
    }

    @Test
    void factsOfAnErrorComeBackAsTheyWere() throws Exception {
        List<Spoilage> all = List.of(new Spoilage.Burnt("toast", 300), new Spoilage.Stale(Instant.EPOCH),
                new Spoilage.Missing.Salt(), new Spoilage.Missing.Spice(List.of(Taste.SWEET)));
        try (ControlConnection connection = connect()) {
            Kitchen.Cellar cellar = connection.api(Kitchen.class).cellar();
            assertThat(cellar.stock(all)).isEqualTo(all);
            for (Spoilage facts : all) {
                for (boolean permanent : new boolean[]{true, false}) {
                    SpoiltException thrown = catchThrowableOfType(SpoiltException.class,
                            () -> cellar.fetch(facts, permanent));
                    assertThat(thrown).hasMessage("nothing to eat");
                    assertThat(thrown.facts()).isEqualTo(facts);
                    assertThat(thrown.isPermanent()).isEqualTo(permanent);
                }
            }
            AbsentException absent = catchThrowableOfType(AbsentException.class, () -> cellar.call(Taste.SALTY));
            assertThat(absent.facts()).isEqualTo(Taste.SALTY);
            assertThat(absent.isPermanent()).isFalse();
        }
    }

    @Test
    void severalInterfacesAreServedAndComeAndGoWhileCallsAreMade() throws Exception {
        ControlApi<Counter> counter = new ControlApi<>(Counter.class, new Counter() {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            public int next() {
                return count.incrementAndGet();
            }
        });
        try (ControlConnection connection = connect()) {
            Counter remote = connection.api(Counter.class);
            ControlFailure unknown = catchThrowableOfType(ControlFailure.class, remote::next);
            assertThat(unknown.getType()).isEqualTo("UnknownMethod");
            server.serve(counter);
            assertThat(remote.next()).isEqualTo(1);
            assertThat(connection.api(Kitchen.class).order(new Order(3))).isEqualTo(3);
            assertThatThrownBy(() -> server.serve(counter)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'counter' already");
            server.withdraw(counter);
            assertThatThrownBy(remote::next).isInstanceOf(ControlFailure.class);
            server.withdraw(new ControlApi<>(Kitchen.class, new Kitchen.Cook()));
            assertThatThrownBy(() -> connection.api(Kitchen.class).cellar().stock(List.of()))
                    .isInstanceOf(ControlFailure.class);
        }
    }

    @Test
    void onlyInterfacesWithANameAreServed() {
        assertThatThrownBy(() -> new ControlApi<>(Runnable.class, () -> {
        })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ControlName");
    }

    /** Another interface on the same socket. */
    @ControlName("counter")
    interface Counter {
        int next();
    }

    @Test
    void callsOfOneCallerOverlap() throws Exception {
        try (ControlConnection connection = connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = threads.submit(connection.api(Kitchen.class)::waitForBell);
            List<Future<Integer>> orders = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                int count = i;
                orders.add(threads.submit(() -> connection.api(Kitchen.class).order(new Order(count))));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(orders.get(i).get()).isEqualTo(i + 1);
            }
            assertThat(waiting).isNotDone();
            connection.api(Kitchen.class).ring();
            waiting.get();
        }
    }

    @Test
    void aServerThatHasEndedIsNotRunning() {
        server.close();
        ControlException failure = catchThrowableOfType(ControlException.class, this::connect);
        assertThat(failure.isNotRunning()).isTrue();
        assertThat(failure).message().contains(socket.toString());
        assertThat(socket).doesNotExist();
    }

    @Test
    void theEndOfTheServerEndsTheCallsThatWait() throws Exception {
        try (ControlConnection connection = connect()) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(connection.api(Kitchen.class)::waitForBell);
            await().until(() -> server.callerCount() == 1);
            server.close();
            assertThatThrownBy(waiting::get).rootCause().isInstanceOf(ControlFailure.class);
            await().until(connection::isClosed);
            ControlFailure failure = catchThrowableOfType(ControlFailure.class, connection.api(Kitchen.class)::nothing);
            assertThat(failure.getType()).isEqualTo(ControlFailure.DISCONNECTED);
        }
    }

    @Test
    void theHostLearnsWhenTheLastCallerHasGone() throws Exception {
        AtomicInteger idle = new AtomicInteger();
        server.onIdle(idle::incrementAndGet);
        try (ControlConnection first = connect()) {
            first.api(Kitchen.class).nothing();
            try (ControlConnection second = connect()) {
                second.api(Kitchen.class).nothing();
                assertThat(server.callerCount()).isEqualTo(2);
            }
            await().until(() -> server.callerCount() == 1);
            assertThat(idle).hasValue(0);
        }
        await().until(() -> idle.get() == 1);
        assertThat(server.callerCount()).isZero();
    }

    @Test
    @Tag("C7")
    void onlyTheOwnerGetsIn() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aLinkInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path other = Files.createDirectory(home.resolve("other"));
        Path link = Files.createSymbolicLink(home.resolve("link"), other);
        try (ControlServer second = new ControlServer(link.resolve("s"))
                .serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()))) {
            assertThatThrownBy(second::start).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSocketThatIsServedIsLeftAlone() throws Exception {
        try (ControlServer second = new ControlServer(socket)
                .serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()))) {
            assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("already");
        }
        try (ControlConnection connection = connect()) {
            connection.api(Kitchen.class).nothing();
        }
    }

    @Test
    void aSocketThatADeadProcessLeftBehindIsReplaced() throws Exception {
        server.close();
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertThat(socket).exists();
        server = new ControlServer(socket).serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()));
        server.start();
        try (ControlConnection connection = connect()) {
            connection.api(Kitchen.class).nothing();
        }
    }

    private ControlConnection connect() throws ControlException, IOException {
        return ControlClient.connectTo(home);
    }
}
