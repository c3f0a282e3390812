package org.tidebox.server.tests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.Credentials;
import org.tidebox.server.tests.TestServer;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.Welcome;

/** Who waits for whom while passwords are checked. */
@Tag("A6")
class PasswordTurnsTest {
    private static final String HOME = "192.0.2.1";
    @TempDir
    Path folder;

    @Test
    void whoeverIsKnownWaitsForNoStranger() throws Exception {
        try (TestServer server = new TestServer(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.join("ada");
            server.admin.addAccount("bob", TestServer.PASSWORD);
            SlowAuthenticator slow = new SlowAuthenticator();
            server.authenticators.add("slow", 1, slow);
            Future<Welcome> stranger = threads.submit(() -> login(server, "bob", "198.51.100.1"));
            Future<Welcome> same = threads.submit(() -> login(server, "bob", "198.51.100.1"));
            Future<Welcome> other = threads.submit(() -> login(server, "bob", "198.51.100.2"));
            await().until(() -> slow.waiting.get() > 0);

            assertThat(login(server, "ada", HOME).account()).isEqualTo("ada");

            assertThat(slow.waiting).hasValue(1);
            assertThat(stranger.isDone() || same.isDone() || other.isDone()).isFalse();
            slow.end.countDown();
            assertThat(stranger.get().account()).isEqualTo(same.get().account()).isEqualTo(other.get().account());
        }
    }

    private static Welcome login(TestServer server, String account, String address) throws Exception {
        return server.server.logins().login(new Login(account, TestServer.PASSWORD, "laptop"), address);
    }

    /** Takes every password; that of bob only in the end. */
    private static final class SlowAuthenticator implements Authenticator {
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger waiting = new AtomicInteger();

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String authenticate(Credentials credentials) throws AuthException {
            try {
                if (credentials.account().equals("bob")) {
                    waiting.incrementAndGet();
                    end.await();
                }
                return credentials.account();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AuthException.wrongCredentials();
            }
        }
    }
}
