package org.tidebox.tree.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.feature.Lease;
import org.tidebox.feature.NoProviderException;
import org.tidebox.feature.SwapPoint;
import org.tidebox.feature.UnknownFeatureException;

@Tag("P4")
@Timeout(60)
class SwapPointTest {
    /** Much less than the patience of a swap point: a missed signal must show. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final SwapPoint<Object> point = new SwapPoint<>("test");
    private final Object first = new Object();
    private final Object second = new Object();

    @Test
    void highestRankingIsUsedThenTheFirstByName() {
        point.add("lowest", Integer.MIN_VALUE, new Object());
        point.add("b", 1, first);
        assertThat(active()).isEqualTo("b");
        point.add("a", 1, second);
        assertThat(active()).isEqualTo("a");
        point.add("z", Integer.MAX_VALUE, new Object());
        assertThat(active()).isEqualTo("z");
    }

    @Test
    void chosenProviderWinsOverRanking() throws UnknownFeatureException {
        point.add("strong", 100, first);
        point.add("weak", 0, second);
        point.use("weak");
        try (Lease<Object> lease = point.acquire()) {
            assertThat(lease.get()).isSameAs(second);
            assertThat(lease.provider()).isEqualTo("weak");
        }
    }

    @Test
    void allAreLeasedTheOneInUseFirst() throws Exception {
        point.add("strong", 100, first);
        point.add("weak", 0, second);
        point.add("weakest", -1, new Object());
        point.use("weak");
        List<Lease<Object>> all = point.acquireAll();
        assertThat(all).extracting(Lease::provider).containsExactly("weak", "strong", "weakest");
        CompletableFuture<Void> removal = CompletableFuture.runAsync(() -> point.remove(first));
        await().until(() -> point.status().providers().equals(List.of("weak", "weakest")));
        assertThat(removal).isNotDone();
        all.forEach(Lease::close);
        removal.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThatThrownBy(() -> new SwapPoint<Object>("none", Duration.ofMillis(1)).acquireAll())
                .isInstanceOf(NoProviderException.class);
    }

    @Test
    void anotherOneStandsInWhileTheChosenOneIsAway() throws UnknownFeatureException {
        point.add("strong", 100, first);
        point.add("weak", 0, second);
        point.use("weak");
        point.remove(second);
        assertThat(active()).isEqualTo("strong");
        point.add("weak", 0, new Object());
        assertThat(active()).isEqualTo("weak");
    }

    @Test
    void statusListsWhatIsThere() {
        assertThat(point.status()).isEqualTo(new FeatureStatus("test", null, List.of()));
        point.add("b", 0, first);
        point.add("a", -1, second);
        assertThat(point.status()).isEqualTo(new FeatureStatus("test", "b", List.of("a", "b")));
    }

    @Test
    void unknownProviderIsRefusedAndTheKnownOnesAreNamed() {
        point.add("a", 0, first);
        assertThatExceptionOfType(UnknownFeatureException.class).isThrownBy(() -> point.use("x"))
                .withMessage("'test' has no provider 'x'; there is: a");
        assertThat(active()).isEqualTo("a");
    }

    @Test
    void removalWaitsForTheLease() {
        point.add("a", 0, first);
        Lease<Object> lease = point.acquire();
        Thread remover = Thread.ofVirtual().start(() -> point.remove(first));
        await().until(() -> point.status().providers().isEmpty());
        await().until(() -> remover.getState() == Thread.State.TIMED_WAITING);
        lease.close();
        await().atMost(SOON).until(() -> !remover.isAlive());
    }

    @Test
    void closingALeaseTwiceReleasesOnce() {
        point.add("a", 0, first);
        Lease<Object> lease = point.acquire();
        Lease<Object> other = point.acquire();
        lease.close();
        lease.close();
        Thread remover = Thread.ofVirtual().start(() -> point.remove(first));
        await().until(() -> remover.getState() == Thread.State.TIMED_WAITING);
        other.close();
        await().atMost(SOON).until(() -> !remover.isAlive());
    }

    @Test
    void acquiringWaitsForAReplacement() {
        Waiting user = new Waiting();
        await().until(() -> user.thread.getState() == Thread.State.TIMED_WAITING);
        point.add("a", 0, first);
        assertThat(user.acquired).succeedsWithin(SOON).isSameAs(first);
    }

    @Test
    void interruptionEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(NoProviderException.class).isThrownBy(point::acquire).withMessageContaining("test");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void listenersHearOfEveryChange() throws UnknownFeatureException {
        AtomicInteger heard = new AtomicInteger();
        Runnable listener = heard::incrementAndGet;
        point.onChange(listener);
        point.add("a", 0, first);
        point.use("a");
        point.remove(first);
        point.remove(first);
        assertThat(heard).hasValue(3);
        point.removeListener(listener);
        point.add("a", 0, first);
        assertThat(heard).hasValue(3);
    }

    @Test
    void replacingUnderLoadLosesNothing() {
        SwapPoint<Worker> busy = new SwapPoint<>("busy");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong done = new AtomicLong();
        List<CompletableFuture<Void>> users = new ArrayList<>();
        Worker worker = new Worker();
        busy.add("w", 0, worker);
        for (int i = 0; i < 16; i++) {
            users.add(CompletableFuture.runAsync(() -> work(busy, stop, done), Thread.ofVirtual()::start));
        }
        for (int i = 0; i < 300; i++) {
            worker = i % 2 == 0 ? replaceByAddingFirst(busy, worker) : replaceByRemovingFirst(busy, worker);
            long before = done.get();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                    .until(() -> done.get() > before);
        }
        stop.set(true);
        assertThat(users).allSatisfy(user -> assertThat(user.join()).isNull());
    }

    private static Worker replaceByAddingFirst(SwapPoint<Worker> point, Worker old) {
        Worker fresh = new Worker();
        point.add("w", 0, fresh);
        point.remove(old);
        old.alive.set(false);
        return fresh;
    }

    private static Worker replaceByRemovingFirst(SwapPoint<Worker> point, Worker old) {
        Worker fresh = new Worker();
        point.remove(old);
        old.alive.set(false);
        point.add("w", 0, fresh);
        return fresh;
    }

    private static void work(SwapPoint<Worker> point, AtomicBoolean stop, AtomicLong done) {
        while (!stop.get()) {
            try (Lease<Worker> lease = point.acquire()) {
                lease.get().run();
                done.incrementAndGet();
            }
        }
    }

    private String active() {
        return point.status().active();
    }

    /** Fails when it is used after its provider was stopped. */
    private static final class Worker {
        private final AtomicBoolean alive = new AtomicBoolean(true);

        void run() {
            for (int i = 0; i < 20; i++) {
                assertThat(alive.get()).as("used after removal").isTrue();
                Thread.yield();
            }
        }
    }

    /** Somebody who waits for a provider. */
    private final class Waiting {
        private final CompletableFuture<Object> acquired = new CompletableFuture<>();
        private final Thread thread = Thread.ofVirtual().start(this::acquire);

        private void acquire() {
            try (Lease<Object> lease = point.acquire()) {
                acquired.complete(lease.get());
            }
        }
    }
}
