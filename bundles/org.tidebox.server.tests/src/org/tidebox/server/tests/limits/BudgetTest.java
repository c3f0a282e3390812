package org.tidebox.server.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Claim;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Who gets memory, and who waits. */
@Tag("C5")
@Tag("D6")
@Timeout(60)
class BudgetTest {
    private static final Payer ADA = Payer.ofAddress("ada");
    private static final Payer BOB = Payer.ofAddress("bob");
    private static final Payer EVE = Payer.ofAddress("eve");
    private final Budget patient = new Budget(100, Duration.ofMinutes(1));
    private final Budget impatient = new Budget(100, Duration.ZERO);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> granted = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void nobodyHoldsMoreThanIsLeftForOthers() throws Exception {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            claims.add(impatient.claim(EVE, 10));
        }
        ProblemException refusal = refusal(impatient, EVE, 10);
        assertThat(refusal.getType()).isEqualTo(ProblemType.BUSY);
        assertThat(refusal.isPermanent()).isFalse();
        claims.add(impatient.claim(ADA, 20));
        claims.add(impatient.claim(BOB, 20));
        assertThat(refusal(impatient, ADA, 20).getType()).isIn(ProblemType.BUSY, ProblemType.UNAVAILABLE);
        claims.forEach(Claim::close);
        assertThat(impatient.held()).isZero();
    }

    @Test
    void whoHoldsNothingGetsAllThatIsFree() throws Exception {
        try (Claim claim = impatient.claim(ADA, 100)) {
            assertThat(impatient.held()).isEqualTo(100);
            assertThat(refusal(impatient, BOB, 1).getType()).isEqualTo(ProblemType.UNAVAILABLE);
        }
        assertThat(impatient.held()).isZero();
    }

    @Test
    void moreThanThereEverIsIsRefusedForGood() {
        assertThat(refusal(patient, ADA, 101).getType()).isEqualTo(ProblemType.TOO_LARGE);
        assertThat(patient.held()).isZero();
    }

    @Test
    void ofThoseWhoWaitWhoeverWouldHoldTheLeastComesFirst() throws Exception {
        Claim eves = patient.claim(EVE, 30);
        Claim all = patient.claim(BOB, 70);
        waitFor(EVE, 20, 1);
        waitFor(EVE, 10, 2);
        waitFor(ADA, 45, 3);
        Future<?> least = waitFor(ADA, 5, 4);
        all.close();
        least.get();
        await().until(() -> granted.size() == 2);
        assertThat(granted).containsExactlyInAnyOrder("ada 5", "eve 10");
        eves.close();
        await().until(() -> granted.size() == 3);
        assertThat(granted).last().isEqualTo("eve 20");
        // Ada would hold more than is left.
        assertThat(patient.waiting()).isEqualTo(1);
    }

    @Test
    void whoGivesUpLeavesNothingBehind() throws Exception {
        Claim all = patient.claim(ADA, 100);
        Future<?> waiting = waitFor(BOB, 50, 1);
        waiting.cancel(true);
        await().until(() -> patient.waiting() == 0);
        all.close();
        assertThat(patient.held()).isZero();
        patient.claim(EVE, 100).close();
    }

    @Test
    void bodiesDoNotWaitForOthersOfTheSamePayer() throws Exception {
        Claim half = patient.claim(EVE, 50);
        try (Claim next = patient.claim(EVE, 0)) {
            ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> next.addForBody(10));
            assertThat(refusal.getType()).isEqualTo(ProblemType.BUSY);
            half.close();
            next.addForBody(10);
            assertThat(patient.held()).isEqualTo(10);
        }
        assertThat(patient.held()).isZero();
        assertThat(patient.waiting()).isZero();
    }

    @Test
    void aCrowdThatWaitsIsSentAway() throws Exception {
        Claim all = patient.claim(ADA, 100);
        for (int i = 0; i < 100; i++) {
            threads.submit(() -> patient.claim(EVE, 1));
        }
        await().until(() -> patient.waiting() == 100);
        assertThat(refusal(patient, EVE, 1).getType()).isEqualTo(ProblemType.BUSY);
        Future<?> other = waitFor(BOB, 1, 101);
        all.close();
        other.get();
    }

    /** Whatever the order: nobody is left waiting, no byte is lost, and there is never more than there is. */
    @Test
    void randomClaimsAllComeToTheirTurn() throws Exception {
        long seed = Long.getLong("tidebox.seed", new Random().nextLong());
        Budget budget = new Budget(1_000, Duration.ofMinutes(1));
        CountDownLatch done = new CountDownLatch(8);
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(seed + thread);
            Payer payer = Payer.ofAddress("payer " + thread % 3);
            threads.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    try (Claim claim = budget.claim(payer, random.nextInt(1, 300))) {
                        assertThat(budget.held()).isBetween(1L, 1_000L);
                        Thread.yield();
                    }
                }
                done.countDown();
                return null;
            });
        }
        done.await();
        assertThat(budget.held()).as("-Dtidebox.seed=" + seed).isZero();
    }

    private Future<?> waitFor(Payer payer, long bytes, int waiting) {
        Future<?> future = threads.submit(() -> {
            patient.claim(payer, bytes);
            granted.add(payer.name().replace("address ", "") + " " + bytes);
            return null;
        });
        await().pollInterval(Duration.ofMillis(2)).until(() -> patient.waiting() == waiting);
        return future;
    }

    private static ProblemException refusal(Budget budget, Payer payer, long bytes) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> budget.claim(payer, bytes));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
