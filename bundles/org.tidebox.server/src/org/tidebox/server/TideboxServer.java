package org.tidebox.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.tidebox.auth.AuthenticatorRegistry;
import org.tidebox.auth.Enrolment;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.events.EventHub;
import org.tidebox.server.ingest.ContentReader;
import org.tidebox.server.ingest.ContentWriter;
import org.tidebox.server.ingest.Transfers;
import org.tidebox.server.journal.Libraries;
import org.tidebox.server.journal.NodePaths;
import org.tidebox.server.journal.LibraryHistory;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.login.AccountDevices;
import org.tidebox.server.login.Logins;
import org.tidebox.server.login.OwnAccount;
import org.tidebox.server.login.PasswordGate;
import org.tidebox.server.session.Sessions;
import org.tidebox.server.upkeep.Damage;

/** A server without a face: everything that its faces call. Thread-safe. A service. */
public class TideboxServer implements AutoCloseable {
    private final ServerData data;
    private final Budget budget;
    private final InstantSource clock;
    private final EventHub events = new EventHub();
    private final LongAdder requests = new LongAdder();
    private final Sessions sessions;
    private final AccountDevices devices;
    private final Logins logins;
    private final OwnAccount ownAccount;
    private final Libraries libraries;
    private final LibraryHistory history;
    private final Transfers transfers;
    private final Damage damage;
    private final AtomicReference<Enrolment> enrolment;
    private final NodePaths paths;
    private final ContentReader reader;
    private final ContentWriter writer;

    /** Puts a server together. */
    public TideboxServer(ServerData data, AuthenticatorRegistry authenticators, ChunkerRegistry chunkers,
            InstantSource clock) {
        this(data, authenticators, chunkers, clock, Budget.ofHeap());
    }

    /** Puts a server together that has so much memory for requests. */
    public TideboxServer(ServerData data, AuthenticatorRegistry authenticators, ChunkerRegistry chunkers,
            InstantSource clock, Budget budget) {
        SecureRandom random = new SecureRandom();
        this.data = data;
        this.budget = budget;
        this.clock = clock;
        PasswordGate gate = new PasswordGate(data, authenticators, clock);
        this.sessions = new Sessions(data, gate.throttle(), clock, random);
        this.devices = new AccountDevices(data, sessions, events, clock);
        this.logins = new Logins(data, gate, sessions, devices, clock, random);
        AtomicReference<Enrolment> passwords = new AtomicReference<>();
        this.enrolment = passwords;
        this.ownAccount = new OwnAccount(devices, gate, () -> Optional.ofNullable(passwords.get()));
        this.libraries = new Libraries(data, random);
        this.history = new LibraryHistory(data);
        this.damage = new Damage(data, events, clock);
        this.transfers = new Transfers(data, budget, sessions, events, damage, clock);
        this.paths = new NodePaths(data);
        this.reader = new ContentReader(data, budget, sessions, transfers);
        this.writer = new ContentWriter(libraries, paths, sessions, transfers, chunkers, clock);
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

    /** Returns the devices of accounts. */
    public AccountDevices devices() {
        return devices;
    }

    /** Returns what people do with their own account. */
    public OwnAccount ownAccount() {
        return ownAccount;
    }

    /** Returns who sets passwords now, if anybody. */
    public Optional<Enrolment> enrolment() {
        return Optional.ofNullable(enrolment.get());
    }

    /** Passwords can be set from now on. */
    public void bindEnrolment(Enrolment added) {
        enrolment.set(added);
    }

    /** Passwords can no longer be set this way. */
    public void unbindEnrolment(Enrolment removed) {
        enrolment.compareAndSet(removed, null);
    }

    /** Returns the accounts' libraries. */
    public Libraries libraries() {
        return libraries;
    }

    /** Returns how the libraries were. */
    public LibraryHistory history() {
        return history;
    }

    /** Returns the nodes of libraries by their paths. */
    public NodePaths paths() {
        return paths;
    }

    /** Returns who puts contents together. */
    public ContentReader reader() {
        return reader;
    }

    /** Returns who takes in contents. */
    public ContentWriter writer() {
        return writer;
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

    /** Ends event streams and uploads; the data stay open. */
    @Override
    public void close() {
        events.close();
        transfers.close();
        damage.close();
    }
}
