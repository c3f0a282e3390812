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
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlFailure;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.control.tests.Kitchen.BurntException;
import org.tidebox.control.tests.Kitchen.Order;

@Tag("C9")
@Timeout(60)
class ControlTest {
    @TempDir
    Path home;
    private Path socket;
    private ControlServer<Kitchen> server;

    @BeforeEach
    void serve() throws IOException {
        socket = ControlSocket.of(home);
        server = new ControlServer<>(socket, Kitchen.class, new Kitchen.Cook());
        server.start();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void everyKindOfValueTravelsThereAndBack() throws Exception {
        try (ControlConnection<Kitchen> connection = connect()) {
            Kitchen kitchen = connection.api();
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
        try (ControlConnection<Kitchen> connection = connect()) {
            Kitchen kitchen = connection.api();
            assertThatThrownBy(() -> kitchen.burn("toast")).isInstanceOf(BurntException.class)
                    .hasMessage("toast is burnt");
            assertThatThrownBy(() -> kitchen.spill("milk")).isExactlyInstanceOf(ControlException.class)
                    .hasMessage("milk is spilt");
            assertThatThrownBy(kitchen::declared).isExactlyInstanceOf(IOException.class).hasMessage("the salt");
            ControlFailure failure = catchThrowableOfType(ControlFailure.class, kitchen::explode);
            assertThat(failure).hasMessage("the oven is gone");
            assertThat(failure.getType()).isEqualTo("IllegalStateException");
            assertThat(kitchen.order(new Order(3))).isEqualTo(3);
        }
    }

    @Test
    void callsOfOneCallerOverlap() throws Exception {
        try (ControlConnection<Kitchen> connection = connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = threads.submit(connection.api()::waitForBell);
            List<Future<Integer>> orders = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                int count = i;
                orders.add(threads.submit(() -> connection.api().order(new Order(count))));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(orders.get(i).get()).isEqualTo(i + 1);
            }
            assertThat(waiting).isNotDone();
            connection.api().ring();
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
        try (ControlConnection<Kitchen> connection = connect()) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(connection.api()::waitForBell);
            await().until(() -> server.callerCount() == 1);
            server.close();
            assertThatThrownBy(waiting::get).rootCause().isInstanceOf(ControlFailure.class);
            await().until(connection::isClosed);
            ControlFailure failure = catchThrowableOfType(ControlFailure.class, connection.api()::nothing);
            assertThat(failure.getType()).isEqualTo(ControlFailure.DISCONNECTED);
        }
    }

    @Test
    void theHostLearnsWhenTheLastCallerHasGone() throws Exception {
        AtomicInteger idle = new AtomicInteger();
        server.onIdle(idle::incrementAndGet);
        try (ControlConnection<Kitchen> first = connect()) {
            first.api().nothing();
            try (ControlConnection<Kitchen> second = connect()) {
                second.api().nothing();
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
        try (ControlServer<Kitchen> second = new ControlServer<>(link.resolve("s"), Kitchen.class,
                new Kitchen.Cook())) {
            assertThatThrownBy(second::start).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSocketThatIsServedIsLeftAlone() throws Exception {
        try (ControlServer<Kitchen> second = new ControlServer<>(socket, Kitchen.class, new Kitchen.Cook())) {
            assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("already");
        }
        try (ControlConnection<Kitchen> connection = connect()) {
            connection.api().nothing();
        }
    }

    @Test
    void aSocketThatADeadProcessLeftBehindIsReplaced() throws Exception {
        server.close();
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertThat(socket).exists();
        server = new ControlServer<>(socket, Kitchen.class, new Kitchen.Cook());
        server.start();
        try (ControlConnection<Kitchen> connection = connect()) {
            connection.api().nothing();
        }
    }

    private ControlConnection<Kitchen> connect() throws ControlException, IOException {
        return ControlClient.connectTo(home, Kitchen.class);
    }
}
