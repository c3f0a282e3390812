package org.tidebox.server.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.tidebox.server.session.Session;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.Device;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.LibraryEvent;

/**
 * Tells devices where the journals of their libraries are, and what a small commit changed. Whoever publishes never
 * waits: for each stream only the newest head of each library is kept until the stream takes it, with the changes that
 * lead there as long as they are few. Thread-safe.
 */
public final class EventHub implements AutoCloseable {
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Begins a stream for a device.
     *
     * @param others whether it wants to hear nothing of its own commits, whose answers tell it all
     */
    public Subscription subscribe(Session session, boolean others) {
        Subscription subscription = new Subscription(session, others);
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

    /** Returns whether a device has a stream. */
    public boolean isListening(long device) {
        return subscriptions.stream().anyMatch(subscription -> subscription.session.deviceId() == device);
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

    /** Tells an account's devices. */
    public void publish(Account account, LibraryEvent event) {
        publish(event, subscription -> subscription.session.account().id() == account.id());
    }

    /**
     * Tells the devices of the account what one of them has done. Where a device listens twice, it may be one whose home
     * was copied, and the other copy has not heard the answer.
     */
    public void publish(Session session, LibraryEvent event) {
        long device = session.deviceId();
        boolean isOne = session.device() != null
                && subscriptions.stream().filter(own -> own.session.deviceId() == device).count() <= 1;
        publish(event, subscription -> subscription.session.account().id() == session.account().id()
                && !(isOne && subscription.others && subscription.session.deviceId() == device));
    }

    private void publish(LibraryEvent event, Predicate<Subscription> to) {
        News news = new News(event);
        subscriptions.stream().filter(to).forEach(subscription -> subscription.offer(news));
    }

    /** Ends the streams of an account's devices. */
    public void endAccount(long account) {
        end(subscription -> subscription.session.account().id() == account);
    }

    /** Ends the streams of a device. */
    public void endDevice(Device device) {
        end(subscription -> subscription.session.isOf(device));
    }

    private void end(Predicate<Subscription> which) {
        subscriptions.stream().filter(which).forEach(Subscription::close);
    }

    /** The news for one stream. */
    public final class Subscription implements AutoCloseable {
        private final Session session;
        private final boolean others;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Map<LibraryId, News> heads = new LinkedHashMap<>();
        private boolean ended;

        Subscription(Session session, boolean others) {
            this.session = session;
            this.others = others;
        }

        /** Puts news into this stream only. */
        public void offer(LibraryEvent event) {
            offer(new News(event));
        }

        private void offer(News news) {
            lock.lock();
            try {
                heads.merge(news.event().library(), news, News::join);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Takes the news; waits for some, or until the time is over or the stream has ended, and then returns none. */
        public List<News> take(Duration patience) throws InterruptedException {
            lock.lock();
            try {
                long left = patience.toNanos();
                while (heads.isEmpty() && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                List<News> news = List.copyOf(heads.values());
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
