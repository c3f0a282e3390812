package org.tidebox.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.tidebox.storage.Account;
import org.tidebox.storage.Device;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.LibraryEvent;

/**
 * Tells devices where the journals of their libraries are. Whoever publishes never waits: for each stream only the
 * newest head of each library is kept until the stream takes it. Thread-safe.
 */
public final class EventHub implements AutoCloseable {
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Begins a stream for a device. */
    public Subscription subscribe(Session session) {
        Subscription subscription = new Subscription(session);
        subscriptions.add(subscription);
        if (closed) {
            subscription.close();
        }
        return subscription;
    }

    /** Returns how many streams there are. */
    public int size() {
        return subscriptions.size();
    }

    @Override
    public void close() {
        closed = true;
        endAll();
    }

    /** Ends the streams that there are; new ones can begin. */
    public void endAll() {
        end(subscription -> true);
    }

    void publish(Account account, LibraryEvent event) {
        for (Subscription subscription : subscriptions) {
            if (subscription.session.account().id() == account.id()) {
                subscription.offer(event);
            }
        }
    }

    void endAccount(long account) {
        end(subscription -> subscription.session.account().id() == account);
    }

    void endDevice(Device device) {
        end(subscription -> subscription.session.device().id() == device.id());
    }

    private void end(Predicate<Subscription> which) {
        subscriptions.stream().filter(which).forEach(Subscription::close);
    }

    /** The news for one stream. */
    public final class Subscription implements AutoCloseable {
        private final Session session;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Map<LibraryId, LibraryEvent> heads = new LinkedHashMap<>();
        private boolean ended;

        Subscription(Session session) {
            this.session = session;
        }

        /** Puts news into this stream only. */
        public void offer(LibraryEvent event) {
            lock.lock();
            try {
                heads.merge(event.library(), event, LibraryEvent::join);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Takes the news; waits for some, or until the time is over or the stream has ended, and then returns none. */
        public List<LibraryEvent> take(Duration patience) throws InterruptedException {
            lock.lock();
            try {
                long left = patience.toNanos();
                while (heads.isEmpty() && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                List<LibraryEvent> news = List.copyOf(heads.values());
                heads.clear();
                return news;
            } finally {
                lock.unlock();
            }
        }

        /** Returns whether the stream is over. */
        public boolean isEnded() {
            lock.lock();
            try {
                return ended;
            } finally {
                lock.unlock();
            }
        }

        /** Ends the stream. */
        @Override
        public void close() {
            subscriptions.remove(this);
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
