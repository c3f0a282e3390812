package org.tidebox.server.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.server.session.Session;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * The memory that all requests share for what they read and answer. Whoever is about to keep something takes room for
 * it first, in bytes of the heap. Three rules make it fair, as max-min fairness does in networks:
 * <ul>
 * <li>Nobody holds more than is left free, so there is always room for somebody who comes new.
 * <li>Of those who wait, whoever would hold the least comes first.
 * <li>Where an upload waits for memory, those who hold some store what they have, be their batch full or not: so nobody
 * waits for a device that sends slowly or stands still.
 * </ul>
 * Thread-safe.
 */
public final class Budget {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /** When somebody who was sent away should come again. */
    private static final Duration LATER = Duration.ofSeconds(5);
    /** The rest of the heap is for the stores, the connections and the program itself. */
    private static final int PART_OF_HEAP = 3;
    /** So many requests of one payer may wait. Each costs a thread and its connection's buffers. */
    private static final int MOST_WAITING = 100;
    private static final Comparator<Waiter> LEAST_FIRST = Comparator.comparingLong(Waiter::wouldHold);

    private final long size;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of those who hold something or wait. */
    private final Map<Payer, Share> shares = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();
    private long free;

    /**
     * Has room for so many bytes.
     *
     * @param patience how long somebody waits
     */
    public Budget(long size, Duration patience) {
        this.size = size;
        this.patience = patience;
        this.free = size;
    }

    /** Makes one that fits the heap of this process. */
    public static Budget ofHeap() {
        return new Budget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, PATIENCE);
    }

    /**
     * On whose account room is taken.
     *
     * @param name what tells payers apart
     */
    public record Payer(String name) {
        /** Returns who pays for what an account's devices ask. */
        public static Payer of(Session session) {
            return account(session.account().id());
        }

        /** Returns who pays for what comes from an address without a login. */
        public static Payer ofAddress(String address) {
            return new Payer("address " + address);
        }

        /** Returns who pays for what is done for an account. */
        public static Payer account(long account) {
            return new Payer("account " + account);
        }
    }

    /** Somebody who may hold room for longer than it takes to answer. */
    @ConsumerType
    public interface Holder {
        /** Returns on whose account. */
        Payer payer();

        /** Begins to give back what is held, unless that is going on already. Returns at once. */
        void letGo();
    }

    /** Room that is held until it is closed. For one thread at a time. */
    public final class Claim implements AutoCloseable {
        private final Payer payer;
        private long bytes;

        private Claim(Payer payer) {
            this.payer = payer;
        }

        /**
         * Takes more; see {@link Budget#claim}. Who holds much already waits behind others, so what is needed at once is
         * better taken at once.
         */
        public void add(long more) throws ProblemException {
            add(more, true);
        }

        private void add(long more, boolean stays) throws ProblemException {
            take(payer, more, stays);
            bytes += more;
        }

        /**
         * Takes more, but is refused at once where its own payer is what it would have to wait for. For bodies: those of
         * one connection that wait stand in the way of those that are read.
         */
        public void addForBody(long more) throws ProblemException {
            add(more, false);
        }

        /** Takes so much more that it is as much as is said. */
        public void atLeast(long wanted) throws ProblemException {
            if (wanted > bytes) {
                add(wanted - bytes);
            }
        }

        /** Leaves some of it to somebody else, who gives it back. */
        public void handOver(long part) {
            bytes -= part;
        }

        /** Gives all back. */
        @Override
        public void close() {
            giveBack(payer, bytes);
            bytes = 0;
        }
    }

    /**
     * Takes room, and waits for it if need be.
     *
     * @throws ProblemException if there is none for a long time, or too many wait already; later there may be
     */
    public Claim claim(Payer payer, long bytes) throws ProblemException {
        Claim claim = new Claim(payer);
        claim.add(bytes);
        return claim;
    }

    /** Returns how many bytes are held. */
    public long held() {
        lock.lock();
        try {
            return size - free;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody may hold room from now on, and is asked for it when others wait. */
    public void enter(Holder holder) {
        holders.add(holder);
    }

    /** Somebody holds nothing any more. */
    public void leave(Holder holder) {
        holders.remove(holder);
    }

    /** Returns whether somebody waits for what this payer holds. */
    public boolean isScarce(Payer payer) {
        lock.lock();
        try {
            return waiters.stream().anyMatch(waiter -> waiter.waitsFor(payer));
        } finally {
            lock.unlock();
        }
    }

    private void take(Payer payer, long bytes, boolean stays) throws ProblemException {
        Waiter waiter;
        lock.lock();
        try {
            waiter = enqueue(payer, bytes, stays);
            grant();
            if (waiter.granted) {
                return;
            }
        } finally {
            lock.unlock();
        }
        holders.stream().filter(holder -> waiter.waitsFor(holder.payer())).forEach(Holder::letGo);
        await(waiter);
    }

    /** Gives back what was {@linkplain Claim#handOver handed over}. */
    public void giveBack(Payer payer, long bytes) {
        lock.lock();
        try {
            if (bytes > 0) {
                Share share = shares.get(payer);
                share.held -= bytes;
                free += bytes;
                forget(payer, share);
                grant();
            }
        } finally {
            lock.unlock();
        }
    }

    private Waiter enqueue(Payer payer, long bytes, boolean stays) throws ProblemException {
        if (bytes > size) {
            throw new ProblemException(ProblemType.TOO_LARGE, "This server has memory for requests of " + size
                    + " bytes, this one needs " + bytes + "; send less at once");
        }
        Share share = shares.computeIfAbsent(payer, key -> new Share());
        if (share.waiting == MOST_WAITING) {
            throw new ProblemException(ProblemType.BUSY, "Too many requests of this account or address"
                    + " wait already; try again later", LATER);
        }
        Waiter waiter = new Waiter(payer, share, bytes, stays, lock.newCondition());
        share.waiting++;
        waiters.add(waiter);
        return waiter;
    }

    private void await(Waiter waiter) throws ProblemException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!waiter.granted && !waiter.refused && left > 0) {
                left = waiter.changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!waiter.granted) {
                giveUp(waiter);
            }
            lock.unlock();
        }
        if (!waiter.granted) {
            throw waiter.own
                    ? new ProblemException(ProblemType.BUSY,
                            "Other requests of this account or address take up its share of the server's memory;"
                                    + " try again later",
                            LATER)
                    : new ProblemException(ProblemType.UNAVAILABLE,
                            "The server takes in as much as it can; try again later", LATER);
        }
    }

    private void giveUp(Waiter waiter) {
        if (waiters.remove(waiter)) {
            waiter.share.waiting--;
        }
        forget(waiter.payer, waiter.share);
        grant();
    }

    private void forget(Payer payer, Share share) {
        if (share.held == 0 && share.waiting == 0) {
            shares.remove(payer);
        }
    }

    /** Lets in whoever can be: the smallest first, and nobody past one who only waits for memory to become free. */
    private void grant() {
        waiters.sort(LEAST_FIRST);
        List<Waiter> done = new ArrayList<>();
        for (Waiter waiter : waiters) {
            waiter.own = waiter.bytes <= free && waiter.wouldHold() > free - waiter.bytes && waiter.share.held > 0;
            if (waiter.own && waiter.stays) {
                continue;
            }
            if (waiter.bytes > free) {
                break;
            }
            waiter.refused = waiter.own;
            waiter.granted = !waiter.own;
            if (waiter.granted) {
                free -= waiter.bytes;
                waiter.share.held += waiter.bytes;
            }
            waiter.share.waiting--;
            waiter.changed.signal();
            done.add(waiter);
        }
        waiters.removeAll(done);
    }

    /** What one payer holds. */
    private static final class Share {
        private long held;
        private int waiting;
    }

    private static final class Waiter {
        private final Payer payer;
        private final Share share;
        private final long bytes;
        private final boolean stays;
        private final Condition changed;
        private boolean granted;
        private boolean refused;
        /** Whether only what its own payer holds is in its way. */
        private boolean own;

        Waiter(Payer payer, Share share, long bytes, boolean stays, Condition changed) {
            this.payer = payer;
            this.share = share;
            this.bytes = bytes;
            this.stays = stays;
            this.changed = changed;
        }

        long wouldHold() {
            return share.held + bytes;
        }

        boolean waitsFor(Payer other) {
            return !own || payer.equals(other);
        }
    }
}
