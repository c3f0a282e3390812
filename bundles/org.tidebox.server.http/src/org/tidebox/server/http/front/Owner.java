package org.tidebox.server.http.front;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whom connections and requests count for: an account, or an address as long as nobody has logged in. Guarded by the
 * lock of {@link Peers}.
 */
final class Owner {
    private final Object key;
    private final Set<Peer> peers = new LinkedHashSet<>();
    private int requests;
    private long unread;

    /** Stands for the text of a place, or the number of an account. */
    Owner(Object key) {
        this.key = key;
    }

    Object key() {
        return key;
    }

    boolean isStranger() {
        return key instanceof String;
    }

    /** Returns its connections, the oldest one first. */
    Set<Peer> peers() {
        return peers;
    }

    int requests() {
        return requests;
    }

    long unread() {
        return unread;
    }

    void add(int count, long bytes) {
        requests += count;
        unread += bytes;
    }

    boolean isGone() {
        return peers.isEmpty() && requests == 0;
    }

    @Override
    public String toString() {
        return isStranger() ? "This address" : "This account";
    }
}
