package org.tidebox.remote;

/**
 * What has passed the wire.
 *
 * @param bytesSent bytes given to sockets, TLS handshakes and record overhead included; what TCP and IP add is not
 * @param bytesReceived bytes taken from sockets, counted the same way
 * @param requests how many requests were sent, repeated ones included
 */
public record WireCounters(long bytesSent, long bytesReceived, long requests) {
    /** Returns the sum of both. */
    public WireCounters plus(WireCounters other) {
        return new WireCounters(bytesSent + other.bytesSent, bytesReceived + other.bytesReceived,
                requests + other.requests);
    }
}
