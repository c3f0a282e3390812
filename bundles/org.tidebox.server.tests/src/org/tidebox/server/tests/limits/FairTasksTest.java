package org.tidebox.server.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.server.limits.FairTasks;

/** Whose turn it is. */
@Tag("C5")
@Timeout(30)
class FairTasksTest {
    private static final int MANY = 1000;
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoHasFewTasksDoesNotWaitForWhoHasMany() throws Exception {
        try (FairTasks tasks = new FairTasks(1, Thread.ofVirtual().factory())) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            FairTasks.Owner big = tasks.owner(1);
            FairTasks.Owner small = tasks.owner(1);
            big.submit(() -> {
                begun.countDown();
                gate.await();
                return null;
            });
            begun.await();
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                all.add(big.submit(() -> done.add("big")));
            }
            all.add(small.submit(() -> done.add("small")));
            all.add(small.submit(() -> done.add("small")));
            gate.countDown();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(done).hasSize(MANY + 2);
        assertThat(done.subList(0, 4)).containsExactly("big", "small", "big", "small");
    }

    @Test
    void manyRequestsOfOneAccountGetNoMoreTurnsThanOneOfAnother() throws Exception {
        try (FairTasks tasks = new FairTasks(1, Thread.ofVirtual().factory())) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch gate = new CountDownLatch(1);
            tasks.owner(1).submit(() -> {
                begun.countDown();
                gate.await();
                return null;
            });
            begun.await();
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                all.add(tasks.owner(1).submit(() -> done.add("many")));
            }
            FairTasks.Owner one = tasks.owner(2);
            all.add(one.submit(() -> done.add("one")));
            all.add(one.submit(() -> done.add("one")));
            gate.countDown();
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(done.subList(0, 4)).containsExactly("many", "one", "many", "one");
    }

    @Test
    void aTaskThatFailsOrIsCancelledTakesNobodysTurn() throws Exception {
        try (FairTasks tasks = new FairTasks(2, Thread.ofVirtual().factory())) {
            FairTasks.Owner one = tasks.owner(1);
            one.submit(() -> {
                throw new IllegalStateException("the test says so");
            });
            one.submit(() -> done.add("perhaps")).cancel(false);
            assertThat(tasks.owner(1).submit(() -> "other").get()).isEqualTo("other");
            assertThat(one.submit(() -> "own").get()).isEqualTo("own");
        }
    }
}
