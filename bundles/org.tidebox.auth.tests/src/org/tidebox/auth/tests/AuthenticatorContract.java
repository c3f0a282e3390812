package org.tidebox.auth.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.PasswordCredentials;

/** What every authenticator promises. */
@Tag("A6")
@Tag("P4")
abstract class AuthenticatorContract {
    /** Returns an authenticator that knows the account {@code ada} by this secret. */
    abstract Authenticator authenticator(String secret) throws AuthException;

    @Test
    void rightSecretIsAccepted() throws Exception {
        assertThat(authenticator("correct horse").authenticate(credentials("ada", "correct horse"))).isEqualTo("ada");
    }

    @Test
    void wrongSecretIsRefused() throws Exception {
        Authenticator authenticator = authenticator("correct horse");
        assertRefused(() -> authenticator.authenticate(credentials("ada", "correct horsf")));
        assertRefused(() -> authenticator.authenticate(credentials("ada", "Correct horse")));
        assertRefused(() -> authenticator.authenticate(credentials("ada", "correct horse ")));
        assertRefused(() -> authenticator.authenticate(credentials("ada", "")));
        assertRefused(() -> authenticator.authenticate(credentials("ada", "x".repeat(100_000))));
    }

    @Test
    void unknownAccountIsRefusedInTheSameWords() throws Exception {
        Authenticator authenticator = authenticator("correct horse");
        AuthException unknown = assertRefused(() -> authenticator.authenticate(credentials("eve", "correct horse")));
        AuthException wrong = assertRefused(() -> authenticator.authenticate(credentials("ada", "wrong horse")));
        assertThat(unknown).hasMessage(wrong.getMessage());
    }

    @Test
    void secretIsWipedWhateverTheAnswer() throws Exception {
        Authenticator authenticator = authenticator("correct horse");
        PasswordCredentials right = credentials("ada", "correct horse");
        authenticator.authenticate(right);
        PasswordCredentials wrong = credentials("ada", "wrong horse!!");
        assertRefused(() -> authenticator.authenticate(wrong));
        assertThat(right.secret()).containsOnly('\0');
        assertThat(wrong.secret()).containsOnly('\0');
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        Authenticator authenticator = authenticator("correct horse");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> authenticator.authenticate(credentials("ada", "correct horse"))));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("ada");
            }
        }
    }

    static PasswordCredentials credentials(String account, String secret) {
        return new PasswordCredentials(account, secret.toCharArray());
    }

    static AuthException assertRefused(ThrowingCallable attempt) {
        return assertReason(Reason.WRONG_CREDENTIALS, attempt);
    }

    static AuthException assertReason(Reason reason, ThrowingCallable attempt) {
        AuthException[] caught = new AuthException[1];
        assertThatThrownBy(attempt).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            caught[0] = e;
        });
        return caught[0];
    }
}
