package org.tidebox.sync.http;

import java.util.concurrent.atomic.LongAdder;
import org.tidebox.remote.WireCounters;

/** Counts what passes. Thread-safe. */
final class Meter {
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder requests = new LongAdder();

    void sent(int bytes) {
        sent.add(bytes);
    }

    void received(int bytes) {
        received.add(bytes);
    }

    void request() {
        requests.increment();
    }

    WireCounters read() {
        return new WireCounters(sent.sum(), received.sum(), requests.sum());
    }
}
