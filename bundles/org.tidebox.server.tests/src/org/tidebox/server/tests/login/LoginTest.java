package org.tidebox.server.tests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tls.PublicAddress;
import org.tidebox.wire.CertificateFingerprint;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.Login;
import org.tidebox.wire.Messages.Welcome;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** Who gets in, and for how long. */
@Tag("A6")
class LoginTest {
    @TempDir
    static Path folder;
    private static TestServer server;
    private String account;
    private String address;

    @BeforeAll
    static void open() throws Exception {
        server = new TestServer(folder);
        new PublicAddress("https://box.example:8443", new CertificateFingerprint("ab".repeat(32))).store(server.data);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void add() throws Exception {
        account = "ada" + server.random.nextInt(Integer.MAX_VALUE);
        address = "192.0.2." + server.random.nextInt(Integer.MAX_VALUE);
        server.admin.addAccount(account, TestServer.PASSWORD);
    }

    @Test
    void rightPasswordGivesATokenOfTheDevice() throws Exception {
        Welcome welcome = login(TestServer.PASSWORD);

        Session session = server.server.sessions().check(welcome.token(), TestServer.ADDRESS);
        assertThat(session.account().name()).isEqualTo(account);
        assertThat(session.device().name()).isEqualTo("phone");
    }

    @Test
    void wrongPasswordAndUnknownAccountLookTheSame() {
        ProblemException wrong = refused(ProblemType.WRONG_CREDENTIALS, () -> login("something else"));
        ProblemException unknown = refused(ProblemType.WRONG_CREDENTIALS,
                () -> server.server.logins().login(new Login("nobody", "something else", "phone"), address));

        assertThat(unknown).hasMessage(wrong.getMessage());
    }

    @Test
    void guessingFromManyPlacesIsSlowedDownAndTheOwnerPassesWhereHeIsKnown() throws Exception {
        String home = address;
        login(TestServer.PASSWORD);
        for (int i = 0; i < 10; i++) {
            address = "198.51.100." + i + account;
            refused(ProblemType.WRONG_CREDENTIALS, () -> login("guess"));
        }
        ProblemException locked = refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login(TestServer.PASSWORD + "?"));
        assertThat(locked.getRetryAfter()).isEqualTo(Duration.ofSeconds(1));
        address = "203.0.113.1" + account;
        refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login(TestServer.PASSWORD));
        address = home;
        assertThat(login(TestServer.PASSWORD).account()).isEqualTo(account);
        address = "203.0.113.2" + account;
        server.clock.advance(Duration.ofSeconds(1));
        assertThat(login(TestServer.PASSWORD).account()).isEqualTo(account);
    }

    @Test
    void ownerPassesAtANewPlaceWhileOneStrangerGuesses() throws Exception {
        String stranger = "198.51.100.1" + account;
        for (int i = 0; i < 5; i++) {
            address = stranger;
            refused(ProblemType.WRONG_CREDENTIALS, () -> login("guess"));
        }
        refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login("guess"));
        address = "203.0.113.3" + account;
        assertThat(login(TestServer.PASSWORD).account()).isEqualTo(account);
        address = stranger;
        refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login(TestServer.PASSWORD));
    }

    @Test
    void accountThatIsNotThereIsSlowedDownAlike() {
        String real = account;
        for (String name : List.of(real, "no" + real)) {
            account = name;
            address = "198.51.100.9" + name;
            for (int i = 0; i < 5; i++) {
                refused(ProblemType.WRONG_CREDENTIALS, () -> login("guess"));
            }
            assertThat(refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login("guess")))
                    .hasMessage("Too many wrong attempts; try again in 1 s");
        }
    }

    @Test
    void guessingJoinCodesIsSlowedDownByPlace() {
        for (int i = 0; i < 20; i++) {
            refused(ProblemType.BAD_JOIN_CODE, () -> server.server.logins()
                    .join(new Join("x".repeat(22), "phone"), address));
        }
        refused(ProblemType.TOO_MANY_ATTEMPTS, () -> login(TestServer.PASSWORD));
        refused(ProblemType.TOO_MANY_ATTEMPTS, () -> server.server.logins()
                .join(new Join("x".repeat(22), "phone"), address));
    }

    @Test
    void ofManyGuessesAtOnceFromOnePlaceFiveAreChecked() throws Exception {
        List<Callable<ProblemType>> guesses = Collections.nCopies(40, () -> refused(null, () -> login("guess"))
                .getType());
        List<ProblemType> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ProblemType> answer : threads.invokeAll(guesses)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(ProblemType.WRONG_CREDENTIALS::equals).hasSize(5);
        assertThat(answers).filteredOn(ProblemType.TOO_MANY_ATTEMPTS::equals).hasSize(35);
    }

    @Test
    void joinCodeWorksOnce() throws Exception {
        JoinCode code = JoinCode.parse(server.admin.invite(account));
        assertThat(code.url()).isEqualTo("https://box.example:8443");

        Welcome welcome = server.server.logins().join(new Join(code.secret(), "tablet"), address);

        assertThat(server.server.sessions().check(welcome.token(), TestServer.ADDRESS).account().name())
                .isEqualTo(account);
        refused(ProblemType.BAD_JOIN_CODE, () -> server.server.logins()
                .join(new Join(code.secret(), "tablet"), address));
    }

    @Test
    void joinCodeExpiresAfterADay() throws Exception {
        JoinCode code = JoinCode.parse(server.admin.invite(account));
        server.clock.advance(Duration.ofHours(24));

        refused(ProblemType.BAD_JOIN_CODE, () -> server.server.logins()
                .join(new Join(code.secret(), "tablet"), address));
    }

    @Test
    void tokenExpiresWhenItIsNotUsed() throws Exception {
        String token = login(TestServer.PASSWORD).token();
        server.clock.advance(Sessions.LIFE);

        refused(ProblemType.TOKEN_EXPIRED, () -> server.server.sessions().check(token, TestServer.ADDRESS));
    }

    @Test
    void tokenLivesOnWhileItIsUsed() throws Exception {
        String token = login(TestServer.PASSWORD).token();
        for (int i = 0; i < 4; i++) {
            server.clock.advance(Sessions.LIFE.minusDays(1));
            assertThat(server.server.sessions().check(token, TestServer.ADDRESS)).isNotNull();
        }
    }

    @Test
    void disabledAccountIsCutOffAtOnceAndItsOldTokensStayOut() throws Exception {
        String token = login(TestServer.PASSWORD).token();
        String code = JoinCode.parse(server.admin.invite(account)).secret();
        server.server.sessions().check(token, address);

        server.admin.disableAccount(account, true, false);

        refused(ProblemType.DISABLED, () -> server.server.sessions().check(token, address));
        refused(ProblemType.DISABLED, () -> login(TestServer.PASSWORD));
        assertThatThrownBy(() -> server.admin.invite(account)).isInstanceOf(AdminException.class);
        server.admin.disableAccount(account, false, false);
        ProblemException removed = refused(ProblemType.NOT_LOGGED_IN,
                () -> server.server.sessions().check(token, address));
        assertThat(removed).hasMessageContaining("'phone'").hasMessageContaining("removed")
                .hasMessageContaining("tidebox join");
        refused(ProblemType.BAD_JOIN_CODE, () -> server.server.logins().join(new Join(code, "tablet"), address));
        assertThat(login(TestServer.PASSWORD).account()).isEqualTo(account);
    }

    @Test
    void devicesThatWereToBeKeptAreLetInAgain() throws Exception {
        String token = login(TestServer.PASSWORD).token();
        server.admin.disableAccount(account, true, true);
        refused(ProblemType.DISABLED, () -> server.server.sessions().check(token, address));
        server.admin.disableAccount(account, false, false);
        assertThat(server.server.sessions().check(token, address)).isNotNull();
    }

    @Test
    void logoutEndsTheTokenAtOnce() throws Exception {
        String token = login(TestServer.PASSWORD).token();
        server.server.logins().logout(server.server.sessions().check(token, TestServer.ADDRESS));

        refused(ProblemType.NOT_LOGGED_IN, () -> server.server.sessions().check(token, TestServer.ADDRESS));
    }

    @Test
    void namesWithControlCharactersGetNowhere() {
        refused(ProblemType.BAD_REQUEST,
                () -> server.server.logins().login(new Login("a\nb", TestServer.PASSWORD, "phone"), address));
        refused(ProblemType.BAD_REQUEST,
                () -> server.server.logins().login(new Login(account, TestServer.PASSWORD, " "), address));
        refused(ProblemType.BAD_REQUEST,
                () -> server.server.logins().login(new Login(account, TestServer.PASSWORD, "x".repeat(65)), address));
    }

    @Test
    void blanksAroundNamesDoNotCount() throws Exception {
        Welcome welcome = server.server.logins()
                .login(new Login(" " + account + "\u00a0", TestServer.PASSWORD, " phone "), address);

        assertThat(welcome.account()).isEqualTo(account);
        assertThat(welcome.device()).isEqualTo("phone");
    }

    private Welcome login(String password) throws Exception {
        return server.server.logins().login(new Login(account, password, "phone"), address);
    }

    private static ProblemException refused(ProblemType type, ThrowingCallable request) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(request).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(type == null || type == problem.getType()).as(problem.getMessage()).isTrue();
            thrown[0] = problem;
        });
        return thrown[0];
    }
}
