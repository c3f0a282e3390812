package org.tidebox.server.tests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.auth.AuthException;
import org.tidebox.auth.AuthException.Reason;
import org.tidebox.auth.Authenticator;
import org.tidebox.auth.Credentials;
import org.tidebox.auth.PasswordCredentials;
import org.tidebox.server.tests.TestServer;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Several ways to prove who one is, at once. */
@Tag("A6")
@Tag("P4")
class SeveralAuthenticatorsTest {
    private static final String OTHER = "what the directory knows";

    @TempDir
    Path folder;
    private TestServer server;
    private final Directory directory = new Directory();

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(folder);
        server.admin.addAccount("ada", TestServer.PASSWORD);
        server.authenticators.add("directory", 20, directory);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whatOneOfThemAcceptsIsRight() throws Exception {
        assertThat(login(TestServer.PASSWORD)).isEqualTo("ada");
        assertThat(login(OTHER)).isEqualTo("ada");
        assertRefused(ProblemType.WRONG_CREDENTIALS, "neither of the two");
        assertThat(directory.asked).isEqualTo(3);
        server.authenticators.remove(directory);
        assertRefused(ProblemType.WRONG_CREDENTIALS, OTHER);
        assertThat(login(TestServer.PASSWORD)).isEqualTo("ada");
    }

    @Test
    void whereOneCannotTellTheOthersStillCan() throws Exception {
        directory.down = true;
        assertThat(login(TestServer.PASSWORD)).isEqualTo("ada");
        for (int i = 0; i < 20; i++) {
            assertRefused(ProblemType.UNAVAILABLE, OTHER);
        }
        directory.down = false;
        assertThat(login(OTHER)).as("what nobody could judge did not count").isEqualTo("ada");
    }

    private String login(String password) throws Exception {
        return server.server.logins().login(new Login("ada", password, "laptop"), TestServer.ADDRESS).account();
    }

    private void assertRefused(ProblemType type, String password) {
        assertThatThrownBy(() -> login(password)).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.getType()).isEqualTo(type));
    }

    /** Knows everybody by one word, and wipes it as all do. */
    private static final class Directory implements Authenticator {
        private boolean down;
        private int asked;

        @Override
        public String name() {
            return "directory";
        }

        @Override
        public String authenticate(Credentials credentials) throws AuthException {
            asked++;
            boolean right = credentials instanceof PasswordCredentials password
                    && new String(password.secret()).equals(OTHER);
            credentials.wipe();
            if (down) {
                throw new AuthException(Reason.UNAVAILABLE, "The directory does not answer; try again");
            }
            if (!right) {
                throw AuthException.wrongCredentials();
            }
            return credentials.account();
        }
    }
}
