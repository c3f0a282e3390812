package org.tidebox.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.feature.Lease;
import org.tidebox.storage.StorageException;

/** A server without a face: everything that its faces call. Thread-safe. A service. */
public class TideboxServer implements AutoCloseable {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");

    private final ServerData data;
    private final Budget budget;
    private final InstantSource clock;
    private final EventHub events = new EventHub();
    private final LongAdder requests = new LongAdder();
    private final Sessions sessions;
    private final Logins logins;
    private final Libraries libraries;
    private final Past past;
    private final Transfers transfers;
    private final Damage damage;

    /** Puts a server together. */
    public TideboxServer(ServerData data, AuthenticatorRegistry authenticators, InstantSource clock) {
        this(data, authenticators, clock, Budget.ofHeap());
    }

    /** Puts a server together that has so much memory for requests. */
    public TideboxServer(ServerData data, AuthenticatorRegistry authenticators, InstantSource clock, Budget budget) {
        SecureRandom random = new SecureRandom();
        this.data = data;
        this.budget = budget;
        this.clock = clock;
        this.sessions = new Sessions(data, clock);
        this.logins = new Logins(data, new PasswordGate(data, authenticators, clock), sessions, events, clock, random);
        this.libraries = new Libraries(data, random);
        this.past = new Past(data);
        this.damage = new Damage(this);
        this.transfers = new Transfers(data, budget, events, damage, clock);
    }

    /** Returns the stores that it works on. */
    public ServerData data() {
        return data;
    }

    /** Returns the memory that requests share. */
    public Budget budget() {
        return budget;
    }

    /** Returns the clock that it goes by. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns who knows devices by their tokens. */
    public Sessions sessions() {
        return sessions;
    }

    /** Returns who lets devices in. */
    public Logins logins() {
        return logins;
    }

    /** Returns the accounts' libraries. */
    public Libraries libraries() {
        return libraries;
    }

    /** Returns how the libraries were. */
    public Past past() {
        return past;
    }

    /** Returns the way of chunks and commits. */
    public Transfers transfers() {
        return transfers;
    }

    /** Returns what is done about damaged contents. */
    public Damage damage() {
        return damage;
    }

    /** Returns who tells devices the news. */
    public EventHub events() {
        return events;
    }

    /** Returns the count of requests since the start. */
    public LongAdder requests() {
        return requests;
    }

    /** Locks a person out, cutting off all devices at once, or in again. */
    public void setDisabled(long account, boolean disabled) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().accounts().setDisabled(account, disabled);
        }
        sessions.forgetAll();
        if (disabled) {
            events.endAccount(account);
        }
        AUDIT.info("account {}: {}", account, disabled ? "disabled" : "enabled");
    }

    /** Ends event streams and uploads; the data stay open. */
    @Override
    public void close() {
        events.close();
        transfers.close();
        damage.close();
    }
}
