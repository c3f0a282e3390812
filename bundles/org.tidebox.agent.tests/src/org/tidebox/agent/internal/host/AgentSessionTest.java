package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLock;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.agent.session.AgentSession;
import org.tidebox.agent.session.AgentStarter;
import org.tidebox.control.Asks;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlName;

/** How faces share a home: the first process stands for a window, the sessions for other faces. */
@Tag("P1")
@Timeout(60)
class AgentSessionTest extends OnAgentProcess {
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private final AtomicInteger starts = new AtomicInteger();

    /** What another bundle serves beside the agent. */
    @ControlName("slow")
    interface Slow {
        @Asks(waits = true)
        long ask(long timeoutMillis) throws AgentException;

        void change() throws AgentException;
    }

    @Test
    void aFaceAttachesToTheOwnerAndStartsNobody() throws Exception {
        join();
        try (AgentSession session = AgentSession.open(home(), this::startAnother)) {
            assertThat(session.agent().status().account().account()).isEqualTo("ada");
            assertThat(session.events().since(0, EnumSet.allOf(EventKind.class), 0).readAnew()).isTrue();
            assertThat(session.agent()).hasToString("Agent of " + home().root());
        }
        assertThat(starts).hasValue(0);
    }

    @Test
    void aWaitGoesOnWhenTheOwnerEnds() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = await().until(() -> engines.get(documents.toRealPath()), found -> found != null);
        engine.retryIn = Duration.ofMinutes(10);
        try (AgentSession session = AgentSession.open(home(), home -> {
            engine.retryIn = null;
            return startAnother(home);
        })) {
            await().until(() -> !engine.runs.isEmpty());
            int runs = engine.runs.size();
            CompletableFuture<Boolean> synced = async(() -> session.agent().waitUntilSynced(MINUTE));
            await().until(() -> engine.runs.size() > runs);
            assertThat(synced).isNotDone();

            process.close();

            assertThat(synced.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(starts).hasValue(1);
            assertThat(session.agent().listFolders()).hasSize(1);
        }
        HomeLock.acquire(home()).close();
    }

    @Test
    void theNextOwnerIsGivenTheRestOfTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        apis.bind(new ControlApi<>(Slow.class, new Slow() {
            @Override
            public long ask(long timeoutMillis) {
                asked.countDown();
                if (calls.incrementAndGet() == 1) {
                    uninterrupted(never);
                }
                return timeoutMillis;
            }

            @Override
            public void change() {
                asked.countDown();
                calls.incrementAndGet();
                uninterrupted(never);
            }
        }));
        try (AgentSession session = AgentSession.open(home(), this::startAnother)) {
            CompletableFuture<Long> rest = async(() -> session.api(Slow.class).ask(MINUTE));
            asked.await();
            process.close();
            assertThat(rest.get(60, TimeUnit.SECONDS)).isLessThan(MINUTE).isPositive();
            assertThat(calls).hasValue(2);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aChangeThatWasCutOffIsNotMadeTwice() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger changes = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        apis.bind(new ControlApi<>(Slow.class, new Slow() {
            @Override
            public long ask(long timeoutMillis) {
                return 0;
            }

            @Override
            public void change() {
                changes.incrementAndGet();
                asked.countDown();
                uninterrupted(never);
            }
        }));
        try (AgentSession session = AgentSession.open(home(), this::startAnother)) {
            CompletableFuture<Void> change = async(() -> {
                session.api(Slow.class).change();
                return null;
            });
            asked.await();
            process.close();
            AgentException told = (AgentException) catchThrowableOfType(ExecutionException.class,
                    () -> change.get(60, TimeUnit.SECONDS)).getCause();
            assertThat(told.isPermanent()).isFalse();
            assertThat(changes).hasValue(1);
            assertThat(session.agent().status().account()).as("the next call finds another owner").isNull();
        } finally {
            never.countDown();
        }
    }

    @Test
    void whereNobodyOwnsTheHomeOneOfSeveralFacesDoes() throws Exception {
        process.close();
        try (AgentSession one = AgentSession.open(home(), this::startAnother);
                AgentSession two = AgentSession.open(home(), this::startAnother)) {
            assertThat(two.agent().status().home()).isEqualTo(one.agent().status().home());
            assertThat(starts).hasValue(1);
        }
        HomeLock.acquire(home()).close();
    }

    @Test
    void aHomeWhoseOwnerCannotBeReachedIsToldAfterAWhile() throws Exception {
        process.close();
        try (HomeLock other = HomeLock.acquire(home())) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> AgentSession.open(home(), this::startAnother))
                    .isInstanceOf(AgentException.class).hasCauseInstanceOf(HomeLockedException.class)
                    .matches(e -> !((AgentException) e).isPermanent());
        }
    }

    private Home home() {
        return new Home(temporary.resolve("home"), false);
    }

    private AgentStarter.Started startAnother(Home home) throws HomeLockedException, AgentException {
        try {
            AgentProcess another = open(false);
            starts.incrementAndGet();
            return another::close;
        } catch (HomeLockedException e) {
            throw e;
        } catch (Exception e) {
            throw new AgentException(e.getMessage(), true, e);
        }
    }

    private static <T> CompletableFuture<T> async(Callable<T> call) {
        // A thread of its own: the common pool may have one only.
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (AgentException e) {
                throw new CompletionException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
