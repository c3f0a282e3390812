package org.tidebox.server.http.front;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.Origin;
import org.tidebox.server.http.front.Peer.Reason;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * All connections and requests, held to {@link FrontLimits}. Whoever is not known yet never keeps others out: at a limit
 * the oldest connection gives way to a newcomer, who may be somebody's device. Jetty's own limit of connections counts
 * all as one and lets nobody in any more when it is reached. Thread-safe.
 */
public final class Peers {
    /** What has no room now mostly has some after this. */
    public static final Duration SOON = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final long REPORTS_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FrontLimits limits;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Owner> owners = new HashMap<>();
    private final Set<Peer> peers = new LinkedHashSet<>();
    private final Map<Reason, Integer> closed = new EnumMap<>(Reason.class);
    private long unread;
    private long reported;

    /** Tells time by a clock of nanoseconds. */
    Peers(FrontLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.reported = clock.getAsLong() - REPORTS_NANOS;
    }

    /** A connection was opened; where there are too many, others are closed. */
    void opened(Peer peer, Origin address) {
        List<Peer> leaving = new ArrayList<>();
        lock.lock();
        try {
            Owner owner = owner(address.toString());
            if (owner.peers().size() >= limits.addressConnections()) {
                leave(oldest(owner), Reason.ADDRESS, leaving);
            }
            if (strangers() >= limits.strangers()) {
                leave(oldest(largest(true)), Reason.STRANGER, leaving);
            }
            if (peers.size() >= limits.connections()) {
                leave(leastNeeded(largest(false)), Reason.CROWD, leaving);
            }
            peers.add(peer);
            peer.become(owner(address.toString()));
        } finally {
            lock.unlock();
        }
        leaving.forEach(Peer::end);
    }

    /** A connection has gone. */
    void closed(Peer peer) {
        lock.lock();
        try {
            remove(peer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request begins. Where an address has too many before login, the connection that has the most of them gives way.
     *
     * @param welcome what is done once somebody has logged in on its connection
     * @throws ProblemException if there are too many already
     */
    Visit begin(Peer peer, Runnable welcome) throws ProblemException {
        List<Peer> leaving = new ArrayList<>();
        lock.lock();
        try {
            Owner owner = peer.owner();
            if (owner.isStranger()) {
                makeRoom(owner, peer, leaving);
            } else {
                checkRoom(owner);
            }
            Visit visit = new Visit(this, peer, owner, welcome, clock.getAsLong());
            owner.add(1, 0);
            peer.begin(visit);
            return visit;
        } finally {
            lock.unlock();
            leaving.forEach(Peer::end);
        }
    }

    /** A request has ended. */
    void end(Visit visit) {
        lock.lock();
        try {
            count(visit, -visit.unread());
            visit.owner().add(-1, 0);
            visit.peer().end(visit, clock.getAsLong());
            forget(visit.owner());
        } finally {
            lock.unlock();
        }
    }

    /** Somebody has logged in: returns whether he is the first on the connection. */
    boolean belongs(Visit visit, long account) throws ProblemException {
        List<Peer> leaving = new ArrayList<>();
        lock.lock();
        try {
            Owner owner = owner(account);
            Owner before = visit.owner();
            if (before != owner) {
                checkRoom(owner);
                visit.become(owner);
                forget(before);
            }
            Peer peer = visit.peer();
            if (!peer.owner().isStranger() || !peers.contains(peer)) {
                return false;
            }
            if (owner.peers().size() >= limits.accountConnections()) {
                Peer resting = longestResting(owner)
                        .orElseThrow(() -> busy(owner, "has " + owner.peers().size() + " connections"));
                leave(resting, Reason.ACCOUNT, leaving);
            }
            Owner stranger = peer.owner();
            peer.become(owner);
            forget(stranger);
            return true;
        } finally {
            lock.unlock();
            leaving.forEach(Peer::end);
        }
    }

    /** So many bytes more, or fewer, of an answer wait to be read. */
    void unread(Visit visit, long bytes) {
        lock.lock();
        try {
            count(visit, bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connections that have been waited for long enough; called every second. */
    void sweep() {
        List<Peer> leaving = new ArrayList<>();
        long now = clock.getAsLong();
        lock.lock();
        try {
            boolean pressed = unread > limits.unread();
            for (Peer peer : List.copyOf(peers)) {
                Reason fault = peer.fault(now, limits.patience(), pressed);
                if (fault != null) {
                    leave(peer, fault, leaving);
                }
            }
            report(now);
        } finally {
            lock.unlock();
        }
        leaving.forEach(Peer::end);
    }

    /** Returns how many connections there are. */
    int size() {
        lock.lock();
        try {
            return peers.size();
        } finally {
            lock.unlock();
        }
    }

    /** What connections have under way that were closed a moment ago counts no more. */
    private void makeRoom(Owner address, Peer newcomer, List<Peer> leaving) throws ProblemException {
        int requests = address.peers().stream().mapToInt(Peer::requests).sum();
        if (requests < limits.addressRequests()) {
            return;
        }
        Peer busiest = address.peers().stream().max(Comparator.comparingInt(Peer::requests)).orElseThrow();
        if (busiest == newcomer) {
            throw busy(address, "has " + requests + " requests under way");
        }
        leave(busiest, Reason.ADDRESS, leaving);
    }

    private void checkRoom(Owner owner) throws ProblemException {
        if (owner.requests() >= limits.accountRequests()) {
            throw busy(owner, "has " + owner.requests() + " requests under way");
        }
        if (owner.unread() > limits.accountUnread()) {
            throw busy(owner, "has not read " + owner.unread() + " bytes of its answers");
        }
    }

    private static ProblemException busy(Owner owner, String why) {
        return new ProblemException(ProblemType.BUSY, owner + " " + why + "; try again later", SOON);
    }

    private Owner owner(Object key) {
        return owners.computeIfAbsent(key, Owner::new);
    }

    private void forget(Owner owner) {
        if (owner.isGone()) {
            owners.remove(owner.key(), owner);
        }
    }

    private void count(Visit visit, long bytes) {
        visit.addUnread(bytes);
        unread += bytes;
    }

    private void leave(Peer peer, Reason reason, List<Peer> leaving) {
        remove(peer);
        closed.merge(reason, 1, Integer::sum);
        leaving.add(peer);
    }

    private void remove(Peer peer) {
        if (peers.remove(peer)) {
            peer.owner().peers().remove(peer);
            forget(peer.owner());
        }
    }

    private int strangers() {
        return owners.values().stream().filter(Owner::isStranger).mapToInt(owner -> owner.peers().size()).sum();
    }

    private Owner largest(boolean stranger) {
        return owners.values().stream().filter(owner -> !stranger || owner.isStranger())
                .max(Comparator.comparingInt(owner -> owner.peers().size())).orElseThrow();
    }

    private static Peer oldest(Owner owner) {
        return owner.peers().iterator().next();
    }

    private static Peer leastNeeded(Owner owner) {
        return longestResting(owner).orElseGet(() -> oldest(owner));
    }

    private static Optional<Peer> longestResting(Owner owner) {
        return owner.peers().stream().filter(Peer::isResting).min(Comparator.comparingLong(Peer::restingSince));
    }

    private void report(long now) {
        if (closed.isEmpty() || now - reported < REPORTS_NANOS) {
            return;
        }
        LOG.warn("Closed connections that took too much or too long: {}; {} are open", closed, peers.size());
        closed.clear();
        reported = now;
    }
}
