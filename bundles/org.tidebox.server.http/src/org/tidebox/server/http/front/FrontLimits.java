package org.tidebox.server.http.front;

import java.time.Duration;
import java.util.Map;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;

/**
 * How much the other ends of connections may take of the server at once, and how long it waits for them.
 *
 * @param connections the most connections in all; half of them may be connections on which nobody has logged in
 * @param addressConnections the most connections of one address on which nobody has logged in
 * @param accountConnections the most connections of one account
 * @param accountRequests the most requests of one account that are under way, event streams among them
 * @param unread the most bytes of answers that wait to be read, in all; one account may have a quarter of them
 * @param patience how long the server waits
 */
public record FrontLimits(int connections, int addressConnections, int accountConnections, int accountRequests,
        long unread, Patience patience) {
    /** What holds where nothing is configured; fits the heap of 256 MiB with which the product starts. */
    public static final FrontLimits DEFAULT = new FrontLimits(800, 64, 128, 256, 32 << 20, Patience.DEFAULT);

    private static final String CONNECTIONS = "http.connections";
    private static final String ADDRESS_CONNECTIONS = "http.connections.address";
    private static final String ACCOUNT_CONNECTIONS = "http.connections.account";
    private static final String ACCOUNT_REQUESTS = "http.requests.account";
    private static final int FEWEST = 4;
    private static final int MOST = 1_000_000;

    /**
     * How long the server waits for the other end of a connection before it closes it.
     *
     * @param handshake for the end of the TLS handshake
     * @param login for the first request that shows a token
     * @param rest for the next request
     * @param progress for some thousand bytes more to be read of an answer, or sent of a request
     * @param pressed for the same of an answer, where unread answers are over their limit
     */
    public record Patience(Duration handshake, Duration login, Duration rest, Duration progress, Duration pressed) {
        /** Even a line of two hundred bytes a second gets by with these. */
        public static final Patience DEFAULT = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(120),
                Duration.ofSeconds(90), Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    /**
     * Reads what the operator configured.
     *
     * @param options those of the data folder
     * @throws ServerStartException if one cannot be used
     */
    public static FrontLimits of(Map<String, String> options) throws ServerStartException {
        return new FrontLimits(number(options, CONNECTIONS, DEFAULT.connections),
                number(options, ADDRESS_CONNECTIONS, DEFAULT.addressConnections),
                number(options, ACCOUNT_CONNECTIONS, DEFAULT.accountConnections),
                number(options, ACCOUNT_REQUESTS, DEFAULT.accountRequests), DEFAULT.unread, DEFAULT.patience);
    }

    /** Returns how many connections there may be on which nobody has logged in. */
    int strangers() {
        return connections / 2;
    }

    /** Returns how many requests of one address may be under way on which nobody has logged in. */
    int addressRequests() {
        return 2 * addressConnections;
    }

    /** Returns how many bytes of answers one account may leave unread before its next request is refused. */
    long accountUnread() {
        return unread / 4;
    }

    private static int number(Map<String, String> options, String name, int otherwise) throws ServerStartException {
        String text = options.get(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            if (number >= FEWEST && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ServerStartException(ServerStartException.FAILED, "'" + name + "' in " + ServerLocation.OPTIONS_FILE
                + " must be a number from " + FEWEST + " to " + MOST + ", got '" + text + "'");
    }
}
