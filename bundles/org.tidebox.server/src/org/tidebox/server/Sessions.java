package org.tidebox.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Token;
import org.tidebox.feature.Lease;
import org.tidebox.storage.Account;
import org.tidebox.storage.Device;
import org.tidebox.storage.MetadataStore;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Knows devices by their tokens. A token ends 90 days after its last use; use is noted once a day. What was found is
 * believed for a few seconds, so that a burst of requests asks the database once; locking somebody out in this process
 * shows at once. Thread-safe.
 */
public final class Sessions {
    /** How long a token lives without being used. */
    public static final Duration LIFE = Duration.ofDays(90);

    private static final Duration RENEWAL = Duration.ofDays(1);
    private static final Duration BELIEF = Duration.ofSeconds(3);
    private static final int BELIEVED = 1_000;

    private final ServerData data;
    private final InstantSource clock;
    private final AtomicLong forgotten = new AtomicLong();
    private final Map<String, Believed> believed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Believed> eldest) {
            return size() > BELIEVED;
        }
    };

    Sessions(ServerData data, InstantSource clock) {
        this.data = data;
        this.clock = clock;
    }

    /**
     * Finds out whose token this is.
     *
     * @param token its text, or {@code null} if none was shown
     * @throws ProblemException if it is none, has expired, or its account is disabled
     */
    public Session check(String token) throws ProblemException, StorageException {
        if (token == null) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN, "This needs a token; log in or join first");
        }
        String hash = hashOf(token);
        Instant now = clock.instant();
        long asOf = forgotten.get();
        Believed before = find(hash);
        if (before != null && before.until().isAfter(now)) {
            return before.session();
        }
        Session session = load(hash, now);
        remember(hash, new Believed(session, now.plus(BELIEF)), asOf);
        return session;
    }

    /** Makes sure that nothing is believed any more. */
    public void forgetAll() {
        synchronized (believed) {
            forgotten.incrementAndGet();
            believed.clear();
        }
    }

    private Session load(String hash, Instant now) throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            MetadataStore metadata = stores.get().metadata();
            Device device = metadata.devices().findByToken(hash).orElseThrow(Sessions::notLoggedIn);
            Account account = metadata.accounts().find(device.account()).orElseThrow(Sessions::notLoggedIn);
            if (account.disabled()) {
                throw new ProblemException(ProblemType.DISABLED, "The account '" + account.name()
                        + "' is disabled; ask the operator");
            }
            if (!device.expires().isAfter(now)) {
                throw new ProblemException(ProblemType.TOKEN_EXPIRED, "The login of device '" + device.name()
                        + "' has expired; log in or join again");
            }
            if (!device.lastSeen().plus(RENEWAL).isAfter(now)) {
                metadata.devices().renew(device.id(), now, now.plus(LIFE));
            }
            return new Session(account, device);
        }
    }

    private Believed find(String hash) {
        synchronized (believed) {
            return believed.get(hash);
        }
    }

    /** What was read before the last forgetting may be stale already. */
    private void remember(String hash, Believed session, long asOf) {
        synchronized (believed) {
            if (forgotten.get() == asOf) {
                believed.put(hash, session);
            }
        }
    }

    private static String hashOf(String token) throws ProblemException {
        try {
            return Token.parse(token).hash();
        } catch (AuthException e) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN, e.getMessage());
        }
    }

    private static ProblemException notLoggedIn() {
        return new ProblemException(ProblemType.NOT_LOGGED_IN, "This token is not known here; log in or join again");
    }

    private record Believed(Session session, Instant until) {
    }
}
