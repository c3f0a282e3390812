package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.AttemptStore;
import org.tidebox.auth.Attempts;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Throttle;

@Tag("A6")
class ThrottleTest {
    private static final String ACCOUNT = "account:ada";
    private static final String ADDRESS = "address:192.0.2.7";

    private Instant now = Instant.parse("2024-02-29T12:00:00Z");
    private final MemoryAttemptStore store = new MemoryAttemptStore();
    private final Throttle throttle = new Throttle(store, () -> now);

    @Test
    void fiveFailuresAreFree() throws Exception {
        fail(4, ACCOUNT);
        throttle.check(ACCOUNT);
        throttle.failed(ACCOUNT);
        assertLockedFor(Duration.ofSeconds(1), ACCOUNT);
    }

    @Test
    void waitDoublesUpTo15Minutes() throws Exception {
        fail(5, ACCOUNT);
        for (long seconds : new long[]{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
            assertLockedFor(Duration.ofSeconds(seconds), ACCOUNT);
            now = now.plusSeconds(seconds).minusNanos(1);
            assertLockedFor(Duration.ofNanos(1), ACCOUNT);
            now = now.plusNanos(1);
            throttle.check(ACCOUNT);
            throttle.failed(ACCOUNT);
        }
    }

    @Test
    void eachKeyLocks() throws Exception {
        fail(5, ACCOUNT, ADDRESS);
        assertLockedFor(Duration.ofSeconds(1), ACCOUNT);
        assertLockedFor(Duration.ofSeconds(1), "account:bob", ADDRESS);
        throttle.check("account:bob", "address:192.0.2.8");
    }

    @Test
    void successForgivesItsKeysOnly() throws Exception {
        fail(5, ACCOUNT, ADDRESS);
        now = now.plusSeconds(1);
        throttle.check(ACCOUNT, ADDRESS);
        throttle.succeeded(ACCOUNT);
        throttle.check(ACCOUNT);
        assertThat(store.attempts).containsOnlyKeys(ADDRESS);
    }

    @Test
    void restartForgivesNobody() throws Exception {
        fail(7, ACCOUNT);
        Throttle restarted = new Throttle(store, () -> now);
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT, () -> restarted.check(ACCOUNT));
        assertThat(locked.getRetryAfter()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aDayForgives() throws Exception {
        fail(30, ACCOUNT);
        now = now.plus(Duration.ofDays(1)).plusSeconds(1);
        throttle.check(ACCOUNT);
        throttle.failed(ACCOUNT);
        assertThat(store.attempts.get(ACCOUNT).failures()).isEqualTo(1);
    }

    @Test
    void attemptsUnderWayCount() throws Exception {
        fail(3, ACCOUNT);
        throttle.check(ACCOUNT);
        throttle.check(ACCOUNT);
        assertLockedFor(Duration.ofSeconds(1), ACCOUNT);
        throttle.succeeded(ACCOUNT);
        throttle.check(ACCOUNT);
    }

    @Test
    void attemptsThatNeverEndAreForgottenAfterAMinute() throws Exception {
        fail(4, ACCOUNT);
        throttle.check(ACCOUNT);
        now = now.plusSeconds(61);
        throttle.check(ACCOUNT);
    }

    @Test
    void refusedAttemptDoesNotCountForItsOtherKeys() throws Exception {
        fail(5, ADDRESS);
        for (int i = 0; i < 100; i++) {
            assertLockedFor(Duration.ofSeconds(1), ACCOUNT, ADDRESS);
        }
        throttle.check(ACCOUNT);
        assertThat(store.attempts).doesNotContainKey(ACCOUNT);
    }

    @Test
    void manyDevicesOfOneAddressMayComeAtOnceButNotAnyNumber() throws Exception {
        for (int i = 0; i < 64; i++) {
            throttle.check(ADDRESS);
        }
        assertLockedFor(Duration.ofSeconds(1), ADDRESS);
    }

    @Test
    void clockThatWasSetBackLocksNoLongerThanTheRule() throws Exception {
        fail(5, ACCOUNT);
        now = now.minus(Duration.ofDays(300));
        assertLockedFor(Duration.ofMinutes(15), ACCOUNT);
    }

    @Test
    void lockIsToldWithItsTimeAndMayBeTriedAgain() throws Exception {
        fail(6, ACCOUNT);
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT, () -> throttle.check(ACCOUNT));
        assertThat(locked).hasMessageContaining("2 s");
        assertThat(locked.isPermanent()).isFalse();
    }

    private void fail(int times, String... keys) throws AuthException {
        for (int i = 0; i < times; i++) {
            throttle.failed(keys);
        }
    }

    private void assertLockedFor(Duration expected, String... keys) {
        AuthException locked = AuthenticatorContract.assertReason(Reason.LOCKED_OUT, () -> throttle.check(keys));
        assertThat(locked.getRetryAfter()).isEqualTo(expected);
    }

    private static final class MemoryAttemptStore implements AttemptStore {
        private final Map<String, Attempts> attempts = new HashMap<>();

        @Override
        public Attempts get(String key) {
            return attempts.get(key);
        }

        @Override
        public void put(String key, Attempts value) {
            attempts.put(key, value);
        }

        @Override
        public void clear(String key) {
            attempts.remove(key);
        }
    }
}
