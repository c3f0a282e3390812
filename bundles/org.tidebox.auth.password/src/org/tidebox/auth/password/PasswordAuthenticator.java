package org.tidebox.auth.password;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.Credentials;
import org.tidebox.auth.Enrolment;
import org.tidebox.auth.PasswordCredentials;
import org.tidebox.auth.VerifierStore;
import org.tidebox.auth.password.internal.PasswordText;

/**
 * Accounts with passwords. Hashes at most two at a time, since each takes memory; who waits longer than ten seconds for
 * a turn is told to try again.
 */
@Component(service = {Authenticator.class, Enrolment.class},
        property = {Authenticator.PROVIDER + "=" + PasswordAuthenticator.NAME, "service.ranking:Integer=10"})
public final class PasswordAuthenticator implements Authenticator, Enrolment {
    /** The name of this provider. */
    public static final String NAME = "password";

    private static final Logger LOG = LoggerFactory.getLogger(PasswordAuthenticator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VerifierStore store;
    private final Cost cost;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(2, true);
    /** Checked for accounts that are not there, so that they take as long as the others. */
    private final Verifier decoy;

    /** Makes an authenticator with the default cost. */
    @Activate
    public PasswordAuthenticator(@Reference VerifierStore store) {
        this(store, Cost.DEFAULT);
    }

    /**
     * Makes an authenticator that hashes with the given cost; verifiers of a lower cost are replaced at the next right
     * password.
     */
    public PasswordAuthenticator(VerifierStore store, Cost cost) {
        this.store = store;
        this.cost = cost;
        this.decoy = Verifier.ofNobody(cost, random);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String authenticate(Credentials credentials) throws AuthException {
        return switch (credentials) {
            case PasswordCredentials password -> authenticate(password);
        };
    }

    private String authenticate(PasswordCredentials credentials) throws AuthException {
        byte[] password = {};
        try {
            password = PasswordText.toCheck(credentials.secret());
            Optional<String> stored = store.find(credentials.account());
            Verifier verifier = stored.isPresent() ? parse(credentials.account(), stored.get()) : decoy;
            if (!matches(verifier, password) || stored.isEmpty()) {
                throw AuthException.wrongCredentials();
            }
            if (verifier.isWeakerThan(cost)) {
                renew(credentials.account(), password);
            }
            return credentials.account();
        } finally {
            credentials.wipe();
            Arrays.fill(password, (byte) 0);
        }
    }

    @Override
    public void check(char[] secret) throws AuthException {
        Arrays.fill(PasswordText.toEnrol(secret), (byte) 0);
    }

    @Override
    public void enrol(String account, char[] secret) throws AuthException {
        byte[] password = {};
        try {
            password = PasswordText.toEnrol(secret);
            store.store(account, hash(password).text());
        } finally {
            Arrays.fill(secret, '\0');
            Arrays.fill(password, (byte) 0);
        }
    }

    private static Verifier parse(String account, String stored) throws AuthException {
        try {
            return Verifier.parse(stored);
        } catch (IllegalArgumentException e) {
            LOG.error("The stored password of account '{}' is damaged: {}; set it anew", account, e.getMessage());
            throw new AuthException(AuthException.Reason.UNAVAILABLE,
                    "The server cannot check this account's password; ask its "
                            + "operator to set it anew",
                    e);
        }
    }

    /** The login is right whether or not this works. */
    private void renew(String account, byte[] password) {
        try {
            store.store(account, hash(password).text());
        } catch (AuthException e) {
            LOG.warn("The password of account '{}' could not be hashed anew; the next login tries again", account, e);
        }
    }

    private boolean matches(Verifier verifier, byte[] password) throws AuthException {
        takeTurn();
        try {
            return verifier.matches(password);
        } finally {
            turns.release();
        }
    }

    private Verifier hash(byte[] password) throws AuthException {
        takeTurn();
        try {
            return Verifier.of(password, cost, random);
        } finally {
            turns.release();
        }
    }

    private void takeTurn() throws AuthException {
        try {
            if (turns.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AuthException(AuthException.Reason.UNAVAILABLE, "The server is busy checking passwords; try again");
    }
}
