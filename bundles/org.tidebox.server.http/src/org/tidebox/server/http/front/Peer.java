package org.tidebox.server.http.front;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.tidebox.server.http.front.FrontLimits.Patience;

/**
 * The other end of one connection: whose it is, what it has under way, and whether it takes and sends bytes. Guarded by
 * the lock of {@link Peers}, but for what says otherwise.
 */
final class Peer {
    private final Runnable end;
    private final BooleanSupplier writing;
    private final Set<Visit> visits = new LinkedHashSet<>();
    private final Progress reading;
    private final long opened;
    private long resting;
    private Owner owner;
    private volatile boolean secured;
    private volatile long taken;

    /**
     * Begins.
     *
     * @param now the time in nanoseconds
     * @param end closes the connection at once, whatever is under way
     * @param writing tells whether the socket has bytes that it cannot get rid of
     */
    Peer(long now, Runnable end, BooleanSupplier writing) {
        this.end = end;
        this.writing = writing;
        this.opened = now;
        this.resting = now;
        this.reading = new Progress(now);
    }

    /** Why a connection was closed. */
    enum Reason {
        ADDRESS("gave way to newer ones of their address"), STRANGER("gave way to newer ones, without login"),
        CROWD("gave way to newer ones, of the account or address that had the most"),
        ACCOUNT("gave way to newer ones of their account"), HANDSHAKE("did not finish the TLS handshake"),
        LOGIN("did not log in"), REST("asked for nothing"), UNREAD("did not read their answers"),
        UNSENT("did not send their requests");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Takes note that the TLS handshake is done. Needs no lock. */
    void secured() {
        secured = true;
    }

    /** Takes note that the socket took bytes. Needs no lock; called by one thread at a time. */
    void taken(long bytes) {
        taken = taken + bytes;
    }

    /** Closes the connection. Called without the lock. */
    void end() {
        end.run();
    }

    Owner owner() {
        return owner;
    }

    /** Becomes another's; what is under way stays with whom it belongs to, but for what nobody had logged in for. */
    void become(Owner next) {
        if (owner != null) {
            owner.peers().remove(this);
        }
        owner = next;
        next.peers().add(this);
    }

    void begin(Visit visit) {
        visits.add(visit);
    }

    void end(Visit visit, long now) {
        visits.remove(visit);
        resting = now;
    }

    int requests() {
        return visits.size();
    }

    boolean isResting() {
        return visits.isEmpty();
    }

    /** Returns when the last request ended, in nanoseconds. */
    long restingSince() {
        return resting;
    }

    long unread() {
        return visits.stream().mapToLong(Visit::unread).sum();
    }

    /** Returns why the connection should be closed now, or {@code null}. */
    Reason fault(long now, Patience patience, boolean pressed) {
        if (now - opened > patience.handshake().toNanos() && !secured) {
            return Reason.HANDSHAKE;
        }
        if (now - opened > patience.login().toNanos() && owner.isStranger()) {
            return Reason.LOGIN;
        }
        if (isResting() && now - resting > patience.rest().toNanos()) {
            return Reason.REST;
        }
        boolean waiting = writing.getAsBoolean() || visits.stream().anyMatch(visit -> visit.unread() > 0);
        if (reading.isOver(now, waiting, taken, (pressed ? patience.pressed() : patience.progress()).toNanos())) {
            return Reason.UNREAD;
        }
        // All are asked, for each takes note of its progress.
        List<Visit> slow = new ArrayList<>(visits);
        slow.removeIf(visit -> !visit.isSlow(now, patience.progress().toNanos()));
        return slow.isEmpty() ? null : Reason.UNSENT;
    }
}
