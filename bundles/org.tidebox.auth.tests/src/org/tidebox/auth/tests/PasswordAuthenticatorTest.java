package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.password.Cost;
import org.tidebox.auth.password.PasswordAuthenticator;

class PasswordAuthenticatorTest extends AuthenticatorContract {
    private static final Cost CHEAP = new Cost(64, 1, 1);

    private final MemoryVerifierStore store = new MemoryVerifierStore();

    @Override
    Authenticator authenticator(String secret) throws AuthException {
        return enrolled(CHEAP, secret);
    }

    private PasswordAuthenticator enrolled(Cost cost, String secret) throws AuthException {
        PasswordAuthenticator authenticator = new PasswordAuthenticator(store, cost);
        authenticator.enrol("ada", secret.toCharArray());
        return authenticator;
    }

    @Test
    void storedTextNamesItsCostAndNotThePassword() throws Exception {
        new PasswordAuthenticator(store).enrol("ada", "correct horse".toCharArray());
        assertThat(store.verifiers.get("ada")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    }

    @Test
    void samePasswordIsStoredDifferently() throws Exception {
        PasswordAuthenticator authenticator = enrolled(CHEAP, "correct horse");
        authenticator.enrol("bob", "correct horse".toCharArray());
        assertThat(store.verifiers.get("bob")).isNotEqualTo(store.verifiers.get("ada"));
    }

    @Test
    void newPasswordReplacesTheOldOne() throws Exception {
        PasswordAuthenticator authenticator = enrolled(CHEAP, "correct horse");
        authenticator.enrol("ada", "battery staple".toCharArray());
        assertThat(authenticator.authenticate(credentials("ada", "battery staple"))).isEqualTo("ada");
        assertRefused(() -> authenticator.authenticate(credentials("ada", "correct horse")));
    }

    @Test
    void shortOrOverlongPasswordIsWeak() throws Exception {
        PasswordAuthenticator authenticator = enrolled(CHEAP, "correct horse");
        AuthException tooShort = assertReason(Reason.WEAK_SECRET,
                () -> authenticator.enrol("ada", "seven77".toCharArray()));
        assertThat(tooShort).hasMessageContaining("7 characters").hasMessageContaining("at least 8");
        assertThat(tooShort.isPermanent()).isTrue();
        assertReason(Reason.WEAK_SECRET, () -> authenticator.enrol("ada", "é".repeat(1025).toCharArray()));
        assertReason(Reason.WEAK_SECRET, () -> authenticator.enrol("ada", "lone \ud83d surrogate".toCharArray()));
        assertThat(authenticator.authenticate(credentials("ada", "correct horse"))).isEqualTo("ada");
    }

    @Test
    void lengthCountsCharactersAsPeopleDo() throws Exception {
        PasswordAuthenticator authenticator = enrolled(CHEAP, "12345678");
        // Four characters of two UTF-16 units each; eight letters typed as fifteen code points.
        assertReason(Reason.WEAK_SECRET, () -> authenticator.enrol("ada", "\ud83d\ude00".repeat(4).toCharArray()));
        assertReason(Reason.WEAK_SECRET, () -> authenticator.enrol("ada", "e\u0301".repeat(7).toCharArray()));
        authenticator.enrol("ada", "x".repeat(1024).toCharArray());
        assertThat(authenticator.authenticate(credentials("ada", "x".repeat(1024)))).isEqualTo("ada");
    }

    @Test
    void samePasswordFromAnotherKeyboardIsAccepted() throws Exception {
        PasswordAuthenticator authenticator = enrolled(CHEAP, "caf\u00e9 au lait");
        assertThat(authenticator.authenticate(credentials("ada", "cafe\u0301 au lait"))).isEqualTo("ada");
    }

    @Test
    void enrolledSecretIsWiped() throws Exception {
        char[] secret = "correct horse".toCharArray();
        new PasswordAuthenticator(store, CHEAP).enrol("ada", secret);
        char[] weak = "short".toCharArray();
        assertReason(Reason.WEAK_SECRET, () -> new PasswordAuthenticator(store, CHEAP).enrol("ada", weak));
        assertThat(secret).containsOnly('\0');
        assertThat(weak).containsOnly('\0');
    }

    @Test
    void loginHashesAnewWhenTheCostGrew() throws Exception {
        enrolled(CHEAP, "correct horse");
        PasswordAuthenticator dearer = new PasswordAuthenticator(store, new Cost(128, 2, 1));
        String before = store.verifiers.get("ada");
        assertRefused(() -> dearer.authenticate(credentials("ada", "wrong horse")));
        assertThat(store.verifiers).containsEntry("ada", before);
        dearer.authenticate(credentials("ada", "correct horse"));
        String after = store.verifiers.get("ada");
        assertThat(after).startsWith("$argon2id$v=19$m=128,t=2,p=1$");
        assertThat(dearer.authenticate(credentials("ada", "correct horse"))).isEqualTo("ada");
        assertThat(store.verifiers).containsEntry("ada", after);
    }

    @Test
    void loginSucceedsThoughHashingAnewCannotBeStored() throws Exception {
        enrolled(CHEAP, "correct horse");
        store.writable = false;
        PasswordAuthenticator dearer = new PasswordAuthenticator(store, new Cost(128, 2, 1));
        assertThat(dearer.authenticate(credentials("ada", "correct horse"))).isEqualTo("ada");
    }

    @Test
    void unreadableStoreMayBeTriedAgain() throws Exception {
        Authenticator authenticator = authenticator("correct horse");
        store.readable = false;
        AuthException failure = assertReason(Reason.UNAVAILABLE,
                () -> authenticator.authenticate(credentials("ada", "correct horse")));
        assertThat(failure.isPermanent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct horse", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
            "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$"
                    + "c29tZXNhbHRzb21lc2FsdA",
            "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
            "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdAb!"})
    void damagedEntryIsNoRightPasswordAndTheOperatorCanHelp(String damaged) {
        store.verifiers.put("ada", damaged);
        PasswordAuthenticator authenticator = new PasswordAuthenticator(store, CHEAP);
        AuthException failure = assertReason(Reason.UNAVAILABLE,
                () -> authenticator.authenticate(credentials("ada", "correct horse")));
        assertThat(failure).hasMessageContaining("operator");
    }
}
