package org.tidebox.sync.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that passes only where somebody waits for it, and then at once. */
class FakeTime implements Throttle.Time {
    private final AtomicLong nanos = new AtomicLong(1_000_000);
    private final long began = nanos.get();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void await(Condition news, long wait) throws InterruptedException {
        nanos.addAndGet(wait);
    }

    void pass(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    double seconds() {
        return (nanos.get() - began) / 1e9;
    }
}
