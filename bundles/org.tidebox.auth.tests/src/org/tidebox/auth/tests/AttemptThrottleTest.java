package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Origin;
import org.tidebox.auth.AttemptThrottle;

@Tag("A6")
class AttemptThrottleTest {
    private static final Origin HOME = Origin.ofAddress("192.0.2.7");
    private static final Origin ELSEWHERE = Origin.ofAddress("198.51.100.1");

    private Instant now = Instant.parse("2024-02-29T12:00:00Z");
    private final MemoryAttemptStore store = new MemoryAttemptStore();
    private final AttemptThrottle throttle = new AttemptThrottle(store, () -> now);

    @Test
    void fiveWrongAttemptsOnAnAccountAtAPlaceAreFree() throws Exception {
        guess(5, "ada", HOME);
        assertLockedFor(Duration.ofSeconds(1), "ada", HOME);
    }

    @Test
    void waitDoublesUpTo15Minutes() throws Exception {
        guess(5, "ada", HOME);
        for (long seconds : new long[]{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
            assertLockedFor(Duration.ofSeconds(seconds), "ada", HOME);
            now = now.plusSeconds(seconds).minusNanos(1);
            assertLockedFor(Duration.ofNanos(1), "ada", HOME);
            now = now.plusNanos(1);
            guess(1, "ada", HOME);
        }
    }

    @Test
    void ownerPassesWhileAStrangerGuessesElsewhere() throws Exception {
        guess(5, "ada", ELSEWHERE);
        for (int i = 0; i < 30; i++) {
            now = now.plus(Duration.ofMinutes(15));
            guess(1, "ada", ELSEWHERE);
            assertThat(throttle.begin("ada", HOME).isKnown()).isEqualTo(i > 0);
            succeed("ada", HOME);
        }
    }

    @Test
    void ownerPassesWhereHeIsKnownHoweverManyStrangersGuess() throws Exception {
        succeed("ada", HOME);
        guess(20, "bob", HOME, "carla", "dora", "emil");
        for (int i = 0; i < 10; i++) {
            guess(1, "ada", Origin.ofAddress("203.0.113." + i));
        }
        assertLockedFor(Duration.ofSeconds(1), "ada", ELSEWHERE);
        assertLockedFor(Duration.ofSeconds(1), "bob", HOME);
        assertThat(throttle.begin("ada", HOME).isKnown()).isTrue();
        now = now.plus(AttemptThrottle.MEMORY_OF_ORIGINS);
        assertThat(throttle.begin("ada", HOME).isKnown()).isFalse();
    }

    @Test
    void deviceWithATokenIsHeldUpByItsOwnWrongAttemptsOnly() throws Exception {
        for (int i = 0; i < 10; i++) {
            guess(1, "ada", Origin.ofAddress("203.0.113." + i));
        }
        Origin device = Origin.ofDevice(17);
        guess(5, "ada", device);
        assertLockedFor(Duration.ofSeconds(1), "ada", device);
        throttle.begin("ada", Origin.ofDevice(18)).right();
        now = now.plusSeconds(1);
        throttle.begin("ada", device).right();
        guess(5, "ada", device);
    }

    @Test
    void ofManyPlacesAtOnceTenAttemptsOnAnAccountPass() throws Exception {
        List<Callable<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Origin origin = Origin.ofAddress("203.0.113." + i);
            guesses.add(() -> passes("ada", origin));
        }
        int passed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Boolean> result : threads.invokeAll(guesses)) {
                passed += result.get() ? 1 : 0;
            }
        }
        assertThat(passed).isEqualTo(10);
    }

    @Test
    void strangersTogetherAreSlowedDownThoughEachHasWaitedAlone() throws Exception {
        for (int i = 0; i < 10; i++) {
            guess(1, "ada", Origin.ofAddress("203.0.113." + i));
        }
        now = now.plusSeconds(900);
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += passes("ada", Origin.ofAddress("203.0.113." + i)) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(1);
    }

    @Test
    void ownSuccessForgivesNothingThatConcernsOthers() throws Exception {
        int passed = 0;
        for (int i = 0; i < 60; i++) {
            passed += passes("victim" + i, HOME) ? 1 : 0;
            if (passes("mallory", HOME)) {
                throttle.begin("mallory", HOME).right();
            }
        }
        assertThat(passed).isLessThanOrEqualTo(20);
    }

    @Test
    void rightAttemptTakesBackItsOwnWrongOnes() throws Exception {
        for (int i = 0; i < 30; i++) {
            guess(4, "ada", HOME);
            succeed("ada", HOME);
        }
        guess(5, "bob", HOME);
    }

    @Test
    void attemptThatCouldNotBeJudgedDoesNotCount() throws Exception {
        for (int i = 0; i < 50; i++) {
            throttle.begin("ada", HOME).takeBack();
        }
    }

    @Test
    void attemptsThatNameNoAccountAreCountedByPlace() throws Exception {
        for (int i = 0; i < 20; i++) {
            throttle.check(HOME);
            throttle.failed(HOME);
        }
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT, () -> throttle.check(HOME));
        assertThat(locked.getRetryAfter()).isEqualTo(Duration.ofSeconds(1));
        throttle.check(ELSEWHERE);
    }

    @Test
    void placeWhereADeviceIsUsedIsKnown() throws Exception {
        throttle.know("ada", HOME);
        assertThat(throttle.begin("ada", HOME).isKnown()).isTrue();
        assertThat(throttle.begin("ada", ELSEWHERE).isKnown()).isFalse();
    }

    @Test
    void restartForgivesNobody() throws Exception {
        guess(5, "ada", HOME);
        AttemptThrottle restarted = new AttemptThrottle(store, () -> now);
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT,
                () -> restarted.begin("ada", HOME));
        assertThat(locked.getRetryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDayForgives() throws Exception {
        guess(5, "ada", HOME);
        now = now.plus(Duration.ofDays(1)).plusSeconds(1);
        guess(5, "ada", HOME);
        assertLockedFor(Duration.ofSeconds(1), "ada", HOME);
    }

    @Test
    void refusedAttemptDoesNotCount() throws Exception {
        guess(5, "ada", HOME);
        for (int i = 0; i < 100; i++) {
            assertLockedFor(Duration.ofSeconds(1), "ada", HOME);
        }
        guess(15, "bob", HOME, "carla", "dora");
    }

    @Test
    void clockThatWasSetBackLocksNoLongerThanTheRule() throws Exception {
        guess(5, "ada", HOME);
        now = now.minus(Duration.ofDays(300));
        assertLockedFor(Duration.ofMinutes(15), "ada", HOME);
    }

    @Test
    void lockIsToldWithItsTimeAndMayBeTriedAgain() throws Exception {
        guess(5, "ada", HOME);
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT,
                () -> throttle.begin("ada", HOME));
        assertThat(locked).hasMessageContaining("1 s");
        assertThat(locked.isPermanent()).isFalse();
    }

    private void guess(int times, String account, Origin origin, String... others) throws AuthException {
        List<String> accounts = new ArrayList<>(List.of(account));
        Collections.addAll(accounts, others);
        for (int i = 0; i < times; i++) {
            throttle.begin(accounts.get(i % accounts.size()), origin);
        }
    }

    private void succeed(String account, Origin origin) throws AuthException {
        throttle.begin(account, origin).right();
    }

    private boolean passes(String account, Origin origin) throws AuthException {
        try {
            throttle.begin(account, origin);
            return true;
        } catch (AuthException e) {
            assertThat(e.getReason()).isEqualTo(Reason.LOCKED_OUT);
            return false;
        }
    }

    private void assertLockedFor(Duration expected, String account, Origin origin) {
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT,
                () -> throttle.begin(account, origin));
        assertThat(locked.getRetryAfter()).isEqualTo(expected);
    }

    private static final class MemoryAttemptStore implements AttemptStore {
        private final Map<String, Attempts> attempts = new HashMap<>();

        @Override
        public synchronized List<Attempts> change(List<String> keys, UnaryOperator<List<Attempts>> change) {
            List<Attempts> found = keys.stream().map(key -> attempts.getOrDefault(key, Attempts.NONE)).toList();
            List<Attempts> wanted = change.apply(found);
            for (int i = 0; i < keys.size(); i++) {
                attempts.put(keys.get(i), wanted.get(i));
            }
            return found;
        }
    }
}
