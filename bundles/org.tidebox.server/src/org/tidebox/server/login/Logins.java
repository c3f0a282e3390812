package org.tidebox.server.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.PasswordCredentials;
import org.tidebox.auth.Origin;
import org.tidebox.auth.Token;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.accounts.Account;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.PlainName;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.StartSession;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/**
 * Lets devices in, by password or join code, and out again. Thread-safe.
 */
public final class Logins {
    private static final Logger AUDIT = LoggerFactory.getLogger("org.tidebox.audit");
    private static final int MAX_SECRET = 1_024;

    private final ServerData data;
    private final Sessions sessions;
    private final AccountDevices devices;
    private final PasswordGate gate;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Lets devices into the accounts of the given data. */
    public Logins(ServerData data, PasswordGate gate, Sessions sessions, AccountDevices devices, InstantSource clock,
            SecureRandom random) {
        this.data = data;
        this.gate = gate;
        this.sessions = sessions;
        this.devices = devices;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Lets a device in by account and password.
     *
     * @param address where the request comes from
     */
    public Welcome login(Login request, String address) throws ProblemException, StorageException {
        String account = name("account name", request.account());
        String device = name("device name", request.device());
        checkLength("password", request.password());
        try {
            String name = gate.check(new PasswordCredentials(account, request.password().toCharArray()),
                    Origin.ofAddress(address));
            return welcome(findAccount(name), device, address);
        } catch (AuthException e) {
            AUDIT.info("login refused: account={} device={} address={} reason={}", printable(account),
                    printable(device), address, e.getReason());
            throw PasswordGate.problem(e);
        }
    }

    /**
     * Lets a device in by the secret of a join code, which is used up by that.
     *
     * @param address where the request comes from
     */
    public Welcome join(Join request, String address) throws ProblemException, StorageException {
        checkLength("secret", request.secret());
        String device = name("device name", request.device());
        Origin origin = Origin.ofAddress(address);
        try {
            gate.throttle().check(origin);
            OptionalLong account = redeem(request.secret());
            if (account.isEmpty()) {
                gate.throttle().failed(origin);
                AUDIT.info("join refused: device={} address={}", printable(device), address);
                throw new ProblemException(ProblemType.BAD_JOIN_CODE,
                        "This join code was used before or has expired; ask the operator for a new one");
            }
            Account found = findAccount(account.getAsLong());
            Welcome welcome = welcome(found, device, address);
            gate.throttle().know(found.name(), origin);
            return welcome;
        } catch (AuthException e) {
            throw PasswordGate.problem(e);
        }
    }

    /**
     * Lets a person in by account and password who uses no device: with a browser.
     *
     * @param address where the request comes from
     * @return the token of the session
     */
    public Token begin(StartSession request, String address) throws ProblemException, StorageException {
        String account = name("account name", request.account());
        checkLength("password", request.password());
        try {
            Account found = findAccount(gate.check(new PasswordCredentials(account, request.password().toCharArray()),
                    Origin.ofAddress(address)));
            refuseDisabled(found);
            AUDIT.info("session begun: account={} address={}", found.name(), address);
            return sessions.begin(found);
        } catch (AuthException e) {
            AUDIT.info("login refused: account={} address={} reason={}", printable(account), address, e.getReason());
            throw PasswordGate.problem(e);
        }
    }

    /** Ends the token of whoever asks, and a device's event streams. */
    public void logout(Session session) throws StorageException {
        if (session.device() == null) {
            sessions.end(session);
        } else {
            devices.remove(session.account(), session.device(), "the device itself");
        }
    }

    /** Returns the hash under which the secret of a join code is stored. */
    public static String hashOf(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private OptionalLong redeem(String secret) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().invitations().redeem(hashOf(secret), clock.instant());
        }
    }

    private Account findAccount(String name) throws AuthException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().accounts().find(name).orElseThrow(AuthException::wrongCredentials);
        }
    }

    private Account findAccount(long id) throws AuthException, StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            return stores.get().metadata().accounts().find(id).orElseThrow(AuthException::wrongCredentials);
        }
    }

    private Welcome welcome(Account account, String device, String address) throws AuthException, StorageException {
        refuseDisabled(account);
        Token token = Token.random(random);
        Instant now = clock.instant();
        try (Lease<Stores> stores = data.acquire()) {
            stores.get().metadata().devices().add(account.id(), device, token.hash(), address, now,
                    now.plus(Sessions.LIFE));
        }
        AUDIT.info("login: account={} device={} address={}", account.name(), printable(device), address);
        return new Welcome(account.name(), device, token.text());
    }

    private static void refuseDisabled(Account account) throws AuthException {
        if (account.disabled()) {
            throw new AuthException(Reason.DISABLED, "The account '" + account.name()
                    + "' is disabled; ask the operator");
        }
    }

    private static String name(String what, String typed) throws ProblemException {
        try {
            return PlainName.of(typed, PlainName.LONGEST);
        } catch (BadNameException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The " + what + " is none: " + e.getMessage());
        }
    }

    private static void checkLength(String what, String text) throws ProblemException {
        if (text.isEmpty() || text.length() > MAX_SECRET) {
            throw new ProblemException(ProblemType.BAD_REQUEST,
                    "The " + what + " must have 1 to " + MAX_SECRET + " characters");
        }
    }

    /** Returns a name as it stands in the audit log, where nothing in it can look like another field. */
    static String printable(String name) {
        return "'" + name.replaceAll("[\\p{Cntrl}']", "?") + "'";
    }
}
