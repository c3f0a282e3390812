package org.tidebox.server.http.front;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tidebox.wire.ProblemException;

/** One request that is under way: whom it counts for, and what of it waits for the other end. Thread-safe. */
public final class Visit {
    /** The attribute of a request that holds its visit. */
    public static final String ATTRIBUTE = "tidebox.visit";

    private final Peers peers;
    private final Peer peer;
    private final Runnable welcome;
    private final Progress sending;
    private Owner owner;
    private long unread;
    private volatile boolean awaited;
    private volatile long received;

    /**
     * Begins.
     *
     * @param welcome what is done once somebody has logged in on the connection
     */
    Visit(Peers peers, Peer peer, Owner owner, Runnable welcome, long now) {
        this.peers = peers;
        this.peer = peer;
        this.owner = owner;
        this.welcome = welcome;
        this.sending = new Progress(now);
    }

    /**
     * Takes note that the request is one of an account, and so is its connection if it was nobody's.
     *
     * @throws ProblemException if the account has too much under way already
     */
    public void belongsTo(long account) throws ProblemException {
        if (peers.belongs(this, account)) {
            welcome.run();
        }
    }

    /** Returns where to write an answer that is made for this request alone: what is not yet read of it counts. */
    public OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[]{(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                peers.unread(Visit.this, length);
                try {
                    out.write(bytes, offset, length);
                } finally {
                    peers.unread(Visit.this, -length);
                }
            }
        };
    }

    /** Takes note whether somebody waits for more of the request's body. */
    void await(boolean waits) {
        awaited = waits;
    }

    /** Takes note that some of the body came. Called by one thread at a time. */
    void received(long bytes) {
        received = received + bytes;
    }

    void end() {
        peers.end(this);
    }

    Peer peer() {
        return peer;
    }

    /** Guarded by the lock of {@link Peers}, as all that follows. */
    Owner owner() {
        return owner;
    }

    void become(Owner next) {
        owner.add(-1, -unread);
        next.add(1, unread);
        owner = next;
    }

    long unread() {
        return unread;
    }

    void addUnread(long bytes) {
        unread += bytes;
        owner.add(0, bytes);
    }

    boolean isSlow(long now, long patience) {
        return sending.isOver(now, awaited, received, patience);
    }
}
