package org.tidebox.server.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Origin;
import org.tidebox.auth.AttemptThrottle;
import org.tidebox.auth.Token;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.storage.accounts.AccountSession;
import org.tidebox.storage.accounts.AccountSessions;
import org.tidebox.storage.accounts.Device;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Knows devices, and people who use none, by their tokens. A device's token ends 90 days after its last use, that of a
 * person without a device 14 days after it; use is noted once an hour, and a new address
 * within a minute. What was found is believed for a few seconds, so that a burst of requests, or of chunks of one,
 * asks the database once; whoever is cut off in this process is refused at once, and in others over the same database
 * within those seconds. Thread-safe.
 */
public final class Sessions {
    /** How long a token lives without being used. */
    public static final Duration LIFE = Duration.ofDays(90);

    /** How long a session without a device lives without being used. */
    public static final Duration LIFE_WITHOUT_DEVICE = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final Duration NOTE = Duration.ofHours(1);
    private static final Duration NOTE_OF_MOVE = Duration.ofMinutes(1);
    private static final Duration BELIEF = Duration.ofSeconds(3);
    private static final int BELIEVED = 1_000;

    private final ServerData data;
    private final AttemptThrottle throttle;
    private final InstantSource clock;
    private final SecureRandom random;
    /** Ids of devices whose tokens were withdrawn by this process; they are never given again. */
    private final Set<Long> removed = ConcurrentHashMap.newKeySet();
    /** Ids of accounts that this process has disabled. */
    private final Set<Long> disabled = ConcurrentHashMap.newKeySet();
    private final Map<String, Believed> believed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Believed> eldest) {
            return size() > BELIEVED;
        }
    };

    /** Looks tokens up in the given data. */
    public Sessions(ServerData data, AttemptThrottle throttle, InstantSource clock, SecureRandom random) {
        this.data = data;
        this.throttle = throttle;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Finds out whose token this is.
     *
     * @param token its text, or {@code null} if none was shown
     * @param address where the request comes from
     * @throws ProblemException if it is none, has expired or was withdrawn, or its account is disabled
     */
    public Session check(String token, String address) throws ProblemException, StorageException {
        if (token == null) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN, "This needs a token; log in or join first");
        }
        return find(hashOf(token), address);
    }

    /**
     * Begins a session without a device, for a person who has proved that the account is hers.
     *
     * @return its token
     */
    public Token begin(Account account) throws StorageException {
        Token token = Token.random(random);
        Instant now = clock.instant();
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().sessions().add(account.id(), token.hash(), now, now.plus(LIFE_WITHOUT_DEVICE));
        }
        return token;
    }

    /** Ends a session without a device. */
    public void end(Session session) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().sessions().remove(session.tokenHash());
        }
        forget(session.tokenHash());
    }

    /**
     * Ends the sessions without a device of an account, but for one.
     *
     * @param but the one that stays, or {@code null}
     * @return how many have ended
     */
    public int endAll(Account account, Session but) throws StorageException {
        int ended;
        try (Lease<Stores> stores = data.acquire()) {
            AccountSessions sessions = stores.get().metadata().sessions();
            Optional<AccountSession> stays = but == null || but.device() != null
                    ? Optional.empty()
                    : sessions.find(but.tokenHash());
            ended = sessions.removeAll(account.id());
            if (stays.isPresent()) {
                sessions.add(account.id(), but.tokenHash(), stays.get().lastSeen(), stays.get().expires());
                ended--;
            }
        }
        synchronized (believed) {
            believed.values().removeIf(one -> one.session().account().id() == account.id()
                    && one.session().device() == null);
        }
        return ended;
    }

    private void forget(String hash) {
        synchronized (believed) {
            believed.remove(hash);
        }
    }

    /**
     * Looks at a device again in the midst of what it does; costs nothing most of the time.
     *
     * @throws ProblemException if its token has expired or was withdrawn meanwhile, or its account is disabled
     */
    public void recheck(Session session) throws ProblemException, StorageException {
        if (session.tokenHash() != null) {
            find(session.tokenHash(), null);
        }
    }

    /** Returns whether this process has cut the device off; asks nobody. */
    public boolean isCutOff(Session session) {
        return removed.contains(session.deviceId()) || disabled.contains(session.account().id());
    }

    /** Takes no token of the device any more. */
    public void cutOff(Device device) {
        removed.add(device.id());
    }

    /** Takes no token of the account, or takes them again. */
    public void setDisabled(long account, boolean isDisabled) {
        if (isDisabled) {
            disabled.add(account);
        } else {
            disabled.remove(account);
        }
    }

    /** The address is {@code null} where the device is not seen at one now. */
    private Session find(String hash, String address) throws ProblemException, StorageException {
        Instant now = clock.instant();
        Believed before = believed(hash);
        if (before != null && before.until().isAfter(now) && !isCutOff(before.session())) {
            return before.session();
        }
        Session session = load(hash, address, now);
        if (isCutOff(session)) {
            // It was cut off after its row was read; this time the row says so.
            session = load(hash, address, now);
        }
        synchronized (believed) {
            believed.put(hash, new Believed(session, now.plus(BELIEF)));
        }
        return session;
    }

    private Session load(String hash, String address, Instant now) throws ProblemException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            MetadataStore metadata = stores.get().metadata();
            Optional<Device> found = metadata.devices().findByToken(hash);
            if (found.isEmpty()) {
                return loadWithoutDevice(metadata, hash, now);
            }
            Device device = found.get();
            Account account = metadata.accounts().find(device.account()).orElseThrow(Sessions::notLoggedIn);
            refuse(account);
            refuse(account, device, now);
            boolean moved = address != null && !address.equals(device.address());
            if (!device.lastSeen().plus(moved ? NOTE_OF_MOVE : NOTE).isAfter(now)) {
                metadata.devices().renew(device.id(), now, address == null ? device.address() : address,
                        now.plus(LIFE));
                know(account, address);
            }
            return new Session(account, device, hash);
        }
    }

    private static Session loadWithoutDevice(MetadataStore metadata, String hash, Instant now)
            throws ProblemException, StorageException {
        AccountSession found = metadata.sessions().find(hash).orElseThrow(Sessions::notLoggedIn);
        Account account = metadata.accounts().find(found.account()).orElseThrow(Sessions::notLoggedIn);
        refuse(account);
        if (!found.expires().isAfter(now)) {
            throw new ProblemException(ProblemType.TOKEN_EXPIRED, "This session has ended; log in again");
        }
        if (!found.lastSeen().plus(NOTE).isAfter(now)) {
            metadata.sessions().renew(hash, now, now.plus(LIFE_WITHOUT_DEVICE));
        }
        return new Session(account, null, hash);
    }

    private static void refuse(Account account) throws ProblemException {
        if (account.disabled()) {
            throw new ProblemException(ProblemType.DISABLED, "The account '" + account.name()
                    + "' is disabled; ask the operator");
        }
    }

    private static void refuse(Account account, Device device, Instant now) throws ProblemException {
        if (device.removed() != null) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN, "The device '" + device.name()
                    + "' was removed from the account '" + account.name()
                    + "'. Its folders and files stay as they are; to go on, connect it again with 'tidebox join' or"
                    + " 'tidebox login'");
        }
        if (!device.expires().isAfter(now)) {
            throw new ProblemException(ProblemType.TOKEN_EXPIRED, "The login of device '" + device.name()
                    + "' has expired; log in or join again");
        }
    }

    /** The person may log in from there whatever strangers do elsewhere. */
    private void know(Account account, String address) {
        try {
            if (address != null) {
                throttle.know(account.name(), Origin.ofAddress(address));
            }
        } catch (AuthException e) {
            LOG.warn("It could not be noted where account '{}' is used: {}", account.name(), e.getMessage());
        }
    }

    private Believed believed(String hash) {
        synchronized (believed) {
            return believed.get(hash);
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
