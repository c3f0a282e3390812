package org.tidebox.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes, and how much of a time of the test's own that takes. */
@Tag("C5")
@Timeout(30)
class ThrottleTest {
    private static final int LENGTH = 1 << 20;
    private final FakeTime time = new FakeTime();
    private final Throttle throttle = new Throttle(time);

    @ParameterizedTest
    @ValueSource(longs = {1024, 50_000, 1 << 20, 1L << 30})
    void bytesTakeAsLongAsTheRateSaysAndStayAsTheyAre(long rate) throws IOException {
        byte[] bytes = new byte[LENGTH];
        new Random(3).nextBytes(bytes);
        throttle.limit(rate);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        throttle.slow(sent).write(bytes);
        assertThat(sent.toByteArray()).isEqualTo(bytes);
        assertThat(time.seconds()).isCloseTo((double) LENGTH / rate, within(0.2));
        assertThat(throttle.slow(new ByteArrayInputStream(bytes)).readAllBytes()).isEqualTo(bytes);
        assertThat(time.seconds()).isCloseTo(2.0 * LENGTH / rate, within(0.4));
    }

    @Test
    void withoutALimitNothingWaits() throws IOException {
        throttle.slow(OutputStream.nullOutputStream()).write(new byte[LENGTH]);
        throttle.limit(1000);
        throttle.limit(0);
        throttle.slow(OutputStream.nullOutputStream()).write(new byte[LENGTH]);
        assertThat(time.seconds()).isZero();
    }

    @Test
    void anIdleTimeIsNotMadeUpFor() throws IOException {
        throttle.limit(10_000);
        time.pass(3600);
        throttle.slow(OutputStream.nullOutputStream()).write(new byte[100_000]);
        assertThat(time.seconds() - 3600).isCloseTo(10, within(0.3));
    }

    @Test
    void anotherLimitCountsForThoseWhoWait() throws IOException {
        AtomicReference<Throttle> slow = new AtomicReference<>();
        FakeTime impatient = new FakeTime() {
            @Override
            public void await(Condition news, long nanos) throws InterruptedException {
                super.await(news, nanos / 2);
                slow.get().limit(0);
            }
        };
        slow.set(new Throttle(impatient));
        slow.get().limit(1024);
        slow.get().slow(OutputStream.nullOutputStream()).write(new byte[LENGTH]);
        assertThat(impatient.seconds()).isLessThan(1);
    }

    @Test
    void aSmallTransferDoesNotWaitForABigOne() throws Exception {
        AtomicLong big = new AtomicLong();
        AtomicLong before = new AtomicLong();
        AtomicReference<Throttle> shared = new AtomicReference<>();
        Thread small = Thread.ofPlatform()
                .unstarted(() -> write(shared.get().slow(OutputStream.nullOutputStream()), 1000));
        FakeTime meeting = new FakeTime() {
            @Override
            public void await(Condition news, long nanos) throws InterruptedException {
                if (small.getState() == Thread.State.NEW) {
                    small.start();
                    Awaitility.await().until(() -> small.getState() == Thread.State.WAITING);
                } else if (Thread.currentThread() == small) {
                    before.set(big.get());
                }
                super.await(news, nanos);
            }
        };
        shared.set(new Throttle(meeting));
        shared.get().limit(1 << 20);
        write(shared.get().slow(new OutputStream() {
            @Override
            public void write(int b) {
                big.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                big.addAndGet(length);
            }
        }), LENGTH);
        small.join();
        assertThat(before.get()).as("bytes of the big one before the turn of the small one").isPositive()
                .isLessThan(LENGTH / 10);
    }

    private static void write(OutputStream out, int length) {
        try {
            out.write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
